import * as pulumi from "@pulumi/pulumi";
import { bundleSchema } from "../../apps/registry";
import { recordedCluster } from "../../test/support/recorded/objects";
import type { Bundle } from "./bundle";
import type { Rotation } from "./rotation";
import { SecretBundles } from "./secret-bundles";

/** What a preview does not know yet. */
interface Stack {
  /** Resources that do not stand yet, or are replaced, by the end of their name. */
  readonly unknown: readonly string[];
  readonly preview?: boolean;
  readonly rotation?: Rotation;
}

const rotation: Rotation = { today: new Date("2026-11-30"), now: {} };

function bundle(name: string, rest: Readonly<Record<string, unknown>> = {}): Bundle {
  return bundleSchema.parse({
    name,
    system: "ai-middleware",
    keys: { "jwt-token-secret": { source: "generated" }, salt: { source: "generated" } },
    consumers: ["ai-middleware", "ai-middleware-worker"],
    ...rest,
  });
}

const due = bundle("ai-middleware-secrets");
const term = "made before 2026-11-27 and due since then (every 90 days, next on 2027-02-25)";
const users = "Its users restart or reload: ai-middleware, ai-middleware-worker.";

/** What a preview of the bundles' stack says, in the namespaces `one` and `two`. */
async function said(bundles: readonly Bundle[], { unknown, preview = true, rotation: on = rotation }: Stack) {
  const log = jest.spyOn(pulumi.log, "info").mockImplementation(async () => undefined);
  const isUnknown = (name: string) => unknown.some((end) => name.endsWith(end));
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs }) => {
        const made = type.endsWith(":RandomPassword") ? { ...inputs, result: "a value" } : inputs;
        return isUnknown(name) ? { id: "", state: inputs } : { id: name, state: made };
      },
    },
    "ai-platform",
    "test",
    preview,
  );
  const secrets = new SecretBundles("secrets", {
    cluster: recordedCluster(),
    bundles,
    given: {},
    rotation: on,
    namespace: () => undefined,
  });
  for (const namespace of ["one", "two"]) for (const { name } of bundles) secrets.provide(namespace, name);
  secrets.announceRenewals();
  await pulumi.runtime.disconnect();
  const messages = log.mock.calls.map(([message]) => message);
  log.mockRestore();
  return messages;
}

test("a preview says which values are due, since when and why, and who takes them", async () => {
  const unknown = ["one-ai-middleware-secrets-salt", "two-ai-middleware-secrets-jwt-token-secret"];
  expect(await said([due, bundle("kept")], { unknown })).toEqual([
    `ai-middleware-secrets: new values for jwt-token-secret in two, salt in one: ${term}. ${users}`,
  ]);
});

test("nothing is said of what stays", async () => {
  expect(await said([due], { unknown: [] })).toEqual([]);
});

test("nor of what is made for the first time: of a stack, of a bundle", async () => {
  expect(
    await said([due], { unknown: ["-checksum-key", "-salt", "-secret", "-ai-middleware-secrets"] }),
  ).toEqual([]);
  expect(await said([due], { unknown: ["-salt", "-secret", "-ai-middleware-secrets"] })).toEqual([]);
});

test("an update shows what it changes: it says nothing more", async () => {
  expect(await said([due], { unknown: ["-salt"], preview: false })).toEqual([]);
});

test.each([
  [
    "what was asked for may be the reason, too",
    due,
    `ai-platform:rotate.ai-middleware-secrets is "leaked", or ${term}`,
  ],
  [
    "or the only one",
    bundle("ai-middleware-secrets", { rotationDays: "never" }),
    'ai-platform:rotate.ai-middleware-secrets is "leaked"',
  ],
])("%s", async (_, asked, why) => {
  const now = { "ai-middleware-secrets": "leaked" };
  const [message = ""] = await said([asked], {
    unknown: ["one-ai-middleware-secrets-salt"],
    rotation: { ...rotation, now },
  });
  expect(message).toBe(`ai-middleware-secrets: new values for salt in one: ${why}. ${users}`);
});

test("a value that is never due is replaced for another reason", async () => {
  const kept = bundle("ai-middleware-encryption", { rotationDays: "never" });
  expect(await said([kept], { unknown: ["one-ai-middleware-encryption-salt"] })).toEqual([
    `ai-middleware-encryption: new values for salt in one: the key is new, or its length has changed. ${users}`,
  ]);
});
