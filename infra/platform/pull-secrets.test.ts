import { generatedPassword } from "../../test/support/recorded/objects";
import { recordServices } from "../../test/support/recorded/services";
import type { Site } from "../kit/site";
import { pullSecretFor } from "./pull-secrets";

const own = "registry.atlas-financial.com/atlas/ai-engine:v2.0.0";
const foreign = "ghcr.io/atlas-financial/ai-engine:v2.0.0";

interface Entry {
  readonly username: string;
  readonly password: string;
  readonly auth: string;
}

/** What the nodes read in the namespace `atlas-ai-production` when pods of these images are there. */
async function pulled(images: readonly string[], stack: Readonly<Record<string, unknown>> = {}) {
  const names: (string | undefined)[] = [];
  const { ofKind } = await recordServices(
    (site: Site) => {
      names.push(...images.map((image) => pullSecretFor(site, "atlas-ai-production", image)));
    },
    { stack },
  );
  const [secret, ...others] = ofKind("Secret").filter(
    ({ inputs }) => Object(inputs.metadata).name === "registry-pull",
  );
  expect(others).toEqual([]);
  const text: string | undefined = Object(secret?.inputs.stringData).value?.[".dockerconfigjson"];
  const auths: Readonly<Record<string, Entry>> | undefined =
    text === undefined ? undefined : JSON.parse(text).auths;
  return { names, type: secret?.inputs.type, auths };
}

test("images of the stack's own registry are pulled by its robot, by one Secret of each namespace", async () => {
  const { names, type, auths } = await pulled([own, own]);
  expect(names).toEqual(["registry-pull", "registry-pull"]);
  expect(type).toBe("kubernetes.io/dockerconfigjson");
  const { username = "", password = "", auth = "" } = auths?.["registry.atlas-financial.com"] ?? {};
  expect({ username, password }).toEqual({ username: "robot$pull", password: `Aa1${generatedPassword}` });
  expect(Buffer.from(auth, "base64").toString()).toBe(`${username}:${password}`);
});

test("images of registries that ask nobody are pulled without a Secret", async () => {
  expect(await pulled(["docker.io/vllm/vllm-openai:v0.30.0", foreign])).toEqual({
    names: [undefined, undefined],
    type: undefined,
    auths: undefined,
  });
});

test("a stack without a registry of its own opens others' with the credentials that it was given", async () => {
  const images = { registry: "ghcr.io/atlas-financial" };
  const { names, auths } = await pulled([foreign], {
    systems: { atlas: { cluster: "aws", images } },
    platform: { without: ["registry"] },
    secrets: { "registry-credentials": { username: "reader", password: "given" } },
  });
  expect(names).toEqual(["registry-pull"]);
  expect(Object.keys(auths ?? {})).toEqual(["ghcr.io"]);
  expect(auths?.["ghcr.io"]).toMatchObject({ username: "reader", password: "given" });
});
