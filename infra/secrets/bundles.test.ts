import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { declaredBundles, systems } from "../../apps/registry";
import { loadBundles } from "./bundles";

const sound = {
  name: "tokens",
  system: "atlas",
  keys: { secret: { source: "generated" } },
  consumers: ["ai-orchestrator"],
};

/** What is made of files of Atlas, by name, each a value or a text; a refusal's message if they are refused. */
function load(files: Readonly<Record<string, unknown>>, ofPlatform: Readonly<Record<string, unknown>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "bundles-"));
  const write = (owner: string, contents: Readonly<Record<string, unknown>>): string => {
    mkdirSync(join(folder, owner));
    for (const [file, content] of Object.entries(contents)) {
      writeFileSync(join(folder, owner, file), typeof content === "string" ? content : stringify(content));
    }
    return join(folder, owner);
  };
  try {
    const secrets = write("atlas", files);
    const others = systems.map((system) => ({ ...system, secrets: undefined }));
    const all = others.map((system) => (system.name === "atlas" ? { ...system, secrets } : system));
    return { bundles: loadBundles(all, write("platform", ofPlatform)), message: "" };
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    return { bundles: [], message: error.message };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the repository's own bundles are sound, and have the names of the seeds (000, 003, 004)", () => {
  const byName = new Map(declaredBundles().map((bundle) => [bundle.name, bundle]));
  expect(byName.get("jwt-secrets")?.keys.secret).toMatchObject({ source: "generated" });
  expect(byName.get("redis-credentials")?.keys.url).toMatchObject({ source: "derived" });
  expect(byName.get("ai-middleware-secrets")?.keys).toMatchObject({
    "mongodb-uri": { source: "derived" },
    "redis-uri": { source: "derived" },
    "rabbitmq-uri": { source: "derived" },
    "openai-key": { source: "stack" },
  });
  expect(byName.get("marketresearch-secrets")?.keys["openai-api-key"]).toMatchObject({ optional: true });
});

test("MarketResearchAI has no AWS keys: its pods have an identity (C6, 004)", () => {
  const own = declaredBundles().filter(({ system }) => system === "market-research");
  expect(own.flatMap(({ keys }) => Object.keys(keys))).toEqual(["openai-api-key"]);
});

test("what was encrypted with a key stays readable", () => {
  const encryption = declaredBundles().find(({ name }) => name === "ai-middleware-encryption");
  expect(encryption?.rotationDays).toBe("never");
});

test("what a bundle leaves out is quarterly, opaque, and long enough (002)", () => {
  expect(load({ "tokens.yaml": sound }).bundles).toEqual([
    {
      ...sound,
      type: "Opaque",
      labels: {},
      rotationDays: 90,
      keys: { secret: { source: "generated", length: 32 } },
    },
  ]);
});

test.each([
  [
    "an unknown key",
    { ...sound, consumer: ["ai-engine"] },
    [
      "  consumer\n",
      "an unknown key; did you mean consumers?",
      "allowed: the keys name, system, wantedBy, type, labels, keys, consumers",
    ],
  ],
  [
    "an unknown key of a source",
    { ...sound, keys: { secret: { source: "generated", lenght: 40 } } },
    ["keys.secret.lenght", "did you mean length?", "allowed: the keys source, length"],
  ],
  [
    "an unknown source",
    { ...sound, keys: { secret: { source: "vault" } } },
    ["keys.secret.source", 'found:   "vault"', "external", "stack", "generated", "derived"],
  ],
  [
    "an unknown consumer",
    { ...sound, consumers: ["ai-orchestrater"] },
    ["consumers[0]", 'found:   "ai-orchestrater"', "among them ai-orchestrator"],
  ],
  ["an unknown system", { ...sound, system: "atlass" }, ["system", "atlas | ", 'example: "platform"']],
  ["nobody who uses it", { ...sound, consumers: [] }, ["consumers", "an empty list", 'example: ["grafana"]']],
  ["a short value", { ...sound, keys: { secret: { source: "generated", length: 8 } } }, ["from 16 to 128"]],
  ["no key", { ...sound, keys: {} }, ["a Secret without keys is of no use"]],
  [
    "keys of two owners",
    { ...sound, keys: { one: { source: "external", key: "a" }, two: { source: "stack" } } },
    ["either every key is external, or none"],
  ],
  [
    "another name than its file",
    { ...sound, name: "other" },
    ['found:   "other"', "allowed: tokens", "example: tokens"],
  ],
  ["text that is not YAML", "name: [tokens", ["(the whole file)", "text that is not YAML"]],
  ["a list", [], ["(the whole file)", "an empty list"]],
])("%s is refused", (_, content, parts) => {
  const { message } = load({ "tokens.yaml": content });
  expect(message).toContain("in apps/atlas/secrets/tokens.yaml. Nothing was changed.");
  for (const part of parts) expect(message).toContain(part);
});

test("a bundle is in its owner's folder, and no two have one name", () => {
  expect(load({}, { "tokens.yaml": sound }).message).toMatch(
    /infra\/secrets\/bundles\/tokens.yaml[\s\S]*system\n\s+found: +"atlas"\n\s+allowed: platform: the one in whose folder/,
  );
  expect(
    load({ "tokens.yaml": sound }, { "tokens.yaml": { ...sound, system: "platform" } }).message,
  ).toContain("a second file called tokens.yaml");
});

test("a file that is no bundle's is refused", () => {
  expect(load({ "tokens.yml": sound }).message).toContain("found:   a file called tokens.yml");
});

test("every fault of every file is reported at once", () => {
  const { message } = load({
    "one.yaml": { ...sound, system: "none", consumers: ["nobody"], extra: 1 },
    "tokens.yaml": sound,
    "two.yaml": "a: [",
  });
  expect(message).toContain("4 faults in apps/atlas/secrets/one.yaml");
  expect(message).toContain("1 fault in apps/atlas/secrets/two.yaml");
  expect(message).not.toContain("tokens.yaml");
});
