import { recordOnSite } from "../../test/support/recorded/data-site";
import { asSecret, generatedPassword } from "../../test/support/recorded/objects";
import { placed } from "../../test/support/systems";
import { createSystems } from "..";
import { aiMiddleware } from "./definition";

test("the containers' Secret has the stores by the seed's keys (003)", async () => {
  const { find } = await recordOnSite((site) => createSystems(site, [aiMiddleware], { operators: {} }), {
    systems: placed({ "ai-middleware": { cluster: "aws" } }),
  });
  expect(find("Secret", "ai-middleware-secrets")).toMatchObject({
    metadata: { namespace: "ai-middleware" },
    stringData: asSecret(
      expect.objectContaining({
        "mongodb-uri": expect.stringMatching(
          /^mongodb:\/\/ai-middleware-user:.*@ai-middleware-mongodb-0\..*\/ai_middleware\?.*replicaSet=ai-middleware-mongodb/,
        ),
        "timescale-uri": `postgresql://ai_middleware:${generatedPassword}@timescale.ai-middleware.svc:5432/ai_middleware?sslmode=require`,
      }),
    ),
  });
});
