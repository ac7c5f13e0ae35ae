import { asSecret, generatedPassword, recordOnSite } from "../../infra/data/recorded-site";
import { AiMiddleware } from "./index";

test("the containers' Secret has the stores by the seed's keys (003)", async () => {
  const { built, find } = await recordOnSite(
    (site) => new AiMiddleware("ai-middleware", { site, operators: {} }),
  );
  expect(built.secrets).toMatchObject({ namespace: "ai-middleware", name: "ai-middleware-secrets" });
  expect(find("Secret", "ai-middleware-secrets")).toMatchObject({
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
