import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { bundleSchema, systems as registry } from "../../apps/registry";
import type { Bundle } from "../secrets/bundle";
import { loadStackConfig } from "./load";

const providers = bundleSchema.parse({
  name: "provider-keys",
  system: "ai-middleware",
  keys: {
    "openai-key": { source: "stack" },
    "google-key": { source: "stack" },
    "groq-key": { source: "stack", optional: true },
    token: { source: "generated" },
  },
  consumers: ["ai-middleware"],
});
const fallback = bundleSchema.parse({
  name: "fallback",
  system: "market-research",
  keys: { "openai-api-key": { source: "stack" } },
  consumers: ["embedder"],
});
const tokens = bundleSchema.parse({
  name: "tokens",
  system: "atlas",
  keys: { secret: { source: "generated" } },
  consumers: ["ai-orchestrator"],
});
const copied = bundleSchema.parse({
  name: "copied",
  system: "aiaas",
  keys: { key: { source: "external", key: "vllm" } },
  consumers: ["vllm"],
});

interface Setting {
  readonly secrets?: unknown;
  readonly rotate?: unknown;
  readonly systems?: Readonly<Record<string, unknown>>;
  readonly bundles?: readonly Bundle[];
  readonly encrypted?: boolean;
  /** Left out: a stack without metrics, which needs none. */
  readonly alerts?: unknown;
}

function load({
  secrets,
  rotate,
  systems,
  bundles = [providers, tokens],
  encrypted = true,
  alerts,
}: Setting) {
  void pulumi.runtime.setMocks(
    { call: () => ({}), newResource: () => ({ id: "", state: {} }) },
    "ai-platform",
    "prod",
  );
  pulumi.runtime.setAllConfig(
    {
      "ai-platform:environment": "production",
      "ai-platform:clusters": JSON.stringify({ local: { cloud: "local", context: "kind" } }),
      "ai-platform:platform": JSON.stringify(alerts === undefined ? { without: ["metrics"] } : { alerts }),
      "ai-platform:systems": JSON.stringify(systems ?? { "ai-middleware": { cluster: "local" } }),
      ...(secrets !== undefined && { "ai-platform:secrets": JSON.stringify(secrets) }),
      ...(rotate !== undefined && { "ai-platform:rotate": JSON.stringify(rotate) }),
    },
    encrypted ? ["ai-platform:secrets"] : [],
  );
  return loadStackConfig(registry, bundles, new Date("2026-11-20"));
}

/** The message that a person sees; empty when the configuration is accepted. */
function refusal(setting: Setting): string {
  try {
    load(setting);
    return "";
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    return error.message;
  }
}

const complete = { "provider-keys": { "openai-key": "sk-value-1", "google-key": "sk-value-2" } };

test("a bundle that a section asks for is needed where the stack has that section, and nowhere else", () => {
  const receivers = bundleSchema.parse({
    name: "receivers",
    system: "platform",
    wantedBy: "platform.alerts",
    keys: { critical: { source: "stack" } },
    consumers: ["alertmanager"],
  });
  expect(refusal({ bundles: [receivers] })).toBe("");
  const alerts = {
    critical: { type: "pagerduty" },
    warning: { type: "slack" },
    watchdog: { type: "webhook" },
    escalation: { type: "pagerduty", afterMinutes: 30 },
    onCall: "https://example.com/on-call",
  };
  expect(refusal({ bundles: [receivers], alerts })).toContain("ai-platform:secrets.receivers.critical");
  expect(
    refusal({ bundles: [receivers], alerts, secrets: { receivers: { critical: "an-integration-key" } } }),
  ).toBe("");
});

test("values stay secret from the moment that they are read", async () => {
  const given = load({ secrets: complete }).secrets["provider-keys"]?.["openai-key"];
  expect(await pulumi.isSecret(given ?? pulumi.output(""))).toBe(true);
  expect(JSON.stringify(load({ secrets: complete }))).not.toContain("sk-value");
});

test("everything that is missing is named at once, with the command that gives it", () => {
  const message = refusal({
    systems: { "ai-middleware": { cluster: "local" }, "market-research": { cluster: "local" } },
    bundles: [providers, fallback],
  });
  expect(message).toContain("3 faults in Pulumi.prod.yaml");
  for (const path of ["provider-keys.openai-key", "provider-keys.google-key", "fallback.openai-api-key"]) {
    expect(message).toContain(
      `example: pulumi config set --secret --path 'ai-platform:secrets.${path}' --stack prod`,
    );
  }
  expect(message).toContain("allowed: the secret that ai-middleware must have");
});

test("what a system that the stack does not run would need, and what is optional, may be missing", () => {
  expect(refusal({ systems: {} })).toBe("");
  expect(refusal({ secrets: complete })).toBe("");
});

test.each([
  [
    "an unknown bundle",
    { "provider-kyes": { "openai-key": "sk-value" } },
    ["ai-platform:secrets.provider-kyes", "an unknown bundle; did you mean provider-keys?", "provider-keys"],
  ],
  [
    "an unknown key",
    { "provider-keys": { ...complete["provider-keys"], "openapi-key": "sk-value" } },
    ["secrets.provider-keys.openapi-key", "an unknown key", "the keys openai-key, google-key, groq-key"],
  ],
  [
    "a key that the program generates",
    { "provider-keys": { ...complete["provider-keys"], token: "sk-value" } },
    ["secrets.provider-keys.token", "a key whose value is generated, not given"],
  ],
  [
    "a value that is no text",
    { "provider-keys": { ...complete["provider-keys"], "groq-key": 98765 } },
    ["text"],
  ],
  ["a value in the place of a bundle", { "provider-keys": "sk-value" }, ["a section"]],
  ["a value in the place of everything", "sk-value", ["a section"]],
])("%s is refused, and no value is shown", (_, secrets, parts) => {
  const message = refusal({ secrets });
  for (const part of parts) expect(message).toContain(part);
  expect(message).not.toMatch(/sk-value|98765/);
});

test("values in clear text are refused", () => {
  const message = refusal({ secrets: complete, encrypted: false });
  expect(message).toContain("found:   values in clear text");
  expect(message).not.toContain("sk-value");
});

test.each(["dev", "staging", "prod"])("Pulumi.%s.yaml has no secret in clear", (stack) => {
  const { config } = parse(readFileSync(join(__dirname, `../../Pulumi.${stack}.yaml`), "utf8"));
  const bundles: readonly Record<string, unknown>[] = Object.values(config["ai-platform:secrets"] ?? {});
  for (const value of bundles.flatMap((bundle) => Object.values(bundle))) {
    expect(value).toEqual({ secure: expect.any(String) });
  }
});

test("only a bundle that has generated values can be made anew", () => {
  expect(load({ secrets: complete, rotate: { tokens: "2026-12-01" } }).rotate).toEqual({
    tokens: "2026-12-01",
  });
  const message = refusal({ secrets: complete, rotate: { token: "now" } });
  expect(message).toContain("ai-platform:rotate.token");
  expect(message).toContain("did you mean tokens?");
  expect(message).toContain("allowed: the bundles provider-keys, tokens");
});

test("a cluster that cannot read AWS Secrets Manager runs nothing that needs it", () => {
  const message = refusal({ systems: { aiaas: { cluster: "local" } }, bundles: [copied] });
  expect(message).toContain("ai-platform:systems.aiaas.cluster");
  expect(message).toContain(
    "apps/aiaas/secrets/copied.yaml has external keys, which only pods on EKS can read",
  );
});
