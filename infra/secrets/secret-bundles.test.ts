import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { bundleSchema } from "../../apps/registry";
import { awsCloud } from "../aws/cloud";
import type { Bundle } from "./bundle";
import { keepersOf } from "./rotation";
import { SecretBundles, type SecretBundlesArgs } from "./secret-bundles";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

function bundle(name: string, rest: Readonly<Record<string, unknown>> = {}): Bundle {
  return bundleSchema.parse({
    name,
    system: "atlas",
    keys: { password: { source: "generated", length: 20 } },
    consumers: ["ai-engine"],
    ...rest,
  });
}

const mixed = bundle("mixed", {
  keys: {
    password: { source: "generated", length: 20 },
    url: { source: "derived" },
    "api-key": { source: "stack" },
    "other-key": { source: "stack", optional: true },
  },
});

const today = new Date("2026-11-20");

/** The day a number of days after today. */
function onDay(number: number): Date {
  return new Date(today.getTime() + number * 24 * 60 * 60 * 1000);
}

type Args = Partial<Omit<SecretBundlesArgs, "given">> & {
  readonly given?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/**
 * What a program registers that uses bundles. A password is made of its own inputs, as the real ones change with them, so
 * that two runs can be compared.
 */
async function run<T>(args: Args, use: (secrets: SecretBundles) => T) {
  const registered: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs }) => {
        registered.push({ type, name, inputs });
        const result = `${name}:${JSON.stringify(inputs.keepers)}`;
        return { id: name, state: type.endsWith(":RandomPassword") ? { ...inputs, result } : inputs };
      },
    },
    "ai-platform",
    "test",
  );
  const given = Object.entries(args.given ?? {}).map(([name, values]) => [
    name,
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, pulumi.secret(value)])),
  ]);
  const secrets = new SecretBundles("aws-secrets", {
    cluster: {
      name: "aws",
      cloud: awsCloud,
      displayName: "atlas-test",
      provider: new Provider("provider", { context: "c" }),
      pools: [],
      zones: [],
      storage: { provisioner: "p", fast: {}, standard: {} },
      addresses: { apiServer: { targets: [], ports: [443], sources: [] }, nodes: [], cloudServices: [] },
      buckets: {},
      owned: true,
    },
    bundles: [],
    rotation: { today, now: {} },
    namespace: () => undefined,
    ...args,
    given: Object.fromEntries(given),
  });
  const used = use(secrets);
  await pulumi.runtime.disconnect();
  const byName = (suffix: string) => registered.find(({ name }) => name.endsWith(suffix))?.inputs;
  return { used, registered, byName };
}

/** The keepers of every generated value, by the value's name. */
async function keepers(args: Args) {
  const names = args.bundles?.map(({ name }) => name) ?? [];
  const { registered } = await run(args, (secrets) => {
    for (const name of names) secrets.value("production", name, "password");
  });
  return Object.fromEntries(
    registered
      .filter(({ type }) => type.endsWith(":RandomPassword"))
      .map(({ name, inputs }) => [name, inputs.keepers]),
  );
}

/** The values whose keepers differ. */
function changed(left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>) {
  return Object.keys(left).filter((name) => JSON.stringify(left[name]) !== JSON.stringify(right[name]));
}

function known<T>(output: pulumi.Output<T> | undefined): Promise<T> {
  return new Promise((resolve) => output?.apply(resolve));
}

describe("rotation (002)", () => {
  const bundles = ["one", "two", "three"].map((name) => bundle(`${name}-credentials`));
  const path = "aws-secrets-production-two-credentials-password";

  /** The first day on which a bundle is due. */
  function dueDay(of: Bundle): number {
    const period = (day: number) => keepersOf(of, { today: onDay(day), now: {} }).period;
    return Array.from({ length: 90 }, (_, day) => day + 1).find((day) => period(day) !== period(0)) ?? 0;
  }

  test("a value that is due changes, nothing else does, and nothing does the day after", async () => {
    const [, two = mixed] = bundles;
    const at = (day: number) => keepers({ bundles, rotation: { today: onDay(day), now: {} } });
    const due = dueDay(two);
    const [before, on, later] = [await at(due - 1), await at(due), await at(due + 1)];
    expect(Object.keys(before)).toHaveLength(4);
    expect(changed(before, on)).toEqual([path]);
    expect(changed(on, later)).toEqual([]);
  });

  test("what is not due can be made anew, and only that", async () => {
    const before = await keepers({ bundles });
    const now = { "two-credentials": "2026-11-20" };
    const once = await keepers({ bundles, rotation: { today, now } });
    expect(changed(before, once)).toEqual([path]);
    expect(changed(once, await keepers({ bundles, rotation: { today, now } }))).toEqual([]);
  });
});

describe("a Secret", () => {
  const given = { mixed: { "api-key": "sk-given" } };
  const provide = (secrets: SecretBundles) => secrets.provide("production", "mixed", { url: "redis://x" });

  test("has its keys, each from its source, and shows none of them", async () => {
    const { used, byName } = await run({ bundles: [mixed], given }, provide);
    expect(used.keys).toEqual(["password", "url", "api-key", "other-key"]);
    expect(used.optional).toEqual(["other-key"]);
    expect(byName("production-mixed")).toMatchObject({
      metadata: { name: "mixed", namespace: "production" },
      type: "Opaque",
    });
    if (!(used.resource instanceof pulumi.CustomResource) || !("stringData" in used.resource)) {
      throw new Error("no Secret was made");
    }
    const { stringData } = used.resource;
    if (!pulumi.Output.isInstance<Record<string, string>>(stringData)) throw new Error("no values");
    expect(await pulumi.isSecret(stringData)).toBe(true);
    expect(await known(stringData)).toEqual({
      password: expect.stringContaining("aws-secrets-production-mixed-password"),
      url: "redis://x",
      "api-key": "sk-given",
    });
  });

  test("has the type and the labels that its users demand", async () => {
    const labels = { "cnpg.io/reload": "true" };
    const typed = bundle("typed", { type: "kubernetes.io/basic-auth", labels });
    const { byName } = await run({ bundles: [typed] }, (secrets) => secrets.provide("production", "typed"));
    expect(byName("production-typed")).toMatchObject({
      type: "kubernetes.io/basic-auth",
      metadata: { labels },
    });
  });

  test("is made once, whoever asks for it", async () => {
    const { used, registered } = await run({ bundles: [mixed], given }, (secrets) => [
      provide(secrets),
      secrets.provide("production", "mixed"),
    ]);
    expect(used[0]).toBe(used[1]);
    expect(registered.filter(({ type }) => type.endsWith(":Secret"))).toHaveLength(1);
    await expect(
      run({ bundles: [mixed], given }, (secrets) => [provide(secrets), provide(secrets)]),
    ).rejects.toThrow("the bundle mixed has its values in the namespace production already");
  });

  test("lacks no derived value, and has no other", async () => {
    await expect(
      run({ bundles: [mixed], given }, (secrets) => secrets.provide("production", "mixed")),
    ).rejects.toThrow(
      "apps/atlas/secrets/mixed.yaml: the derived key url has no value in the namespace production",
    );
    await expect(
      run({ bundles: [mixed], given }, (secrets) => secrets.provide("production", "mixed", { uri: "x" })),
    ).rejects.toThrow("apps/atlas/secrets/mixed.yaml declares no derived key uri");
  });

  test("of a bundle that does not exist is refused, and so is a value that the program does not know", async () => {
    await expect(run({}, (secrets) => secrets.provide("production", "mixed"))).rejects.toThrow(
      "no folder of bundles has mixed.yaml",
    );
    await expect(
      run({ bundles: [mixed] }, (secrets) => secrets.value("production", "mixed", "url")),
    ).rejects.toThrow("apps/atlas/secrets/mixed.yaml: url is derived");
  });

  test("of which the operator makes a copy asks for nothing but what its bundle names (P6)", async () => {
    const copied = bundle("copied", {
      keys: { key: { source: "external", key: "vllm", property: "token" } },
    });
    const { byName } = await run({ bundles: [copied] }, (secrets) => {
      secrets.useExternalStore(new Provider("store", {}));
      return secrets.provide("system", "copied");
    });
    expect(byName("system-copied")).toMatchObject({
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: "copied", namespace: "system" },
      spec: {
        secretStoreRef: { kind: "ClusterSecretStore", name: "aws-secrets-manager" },
        target: { name: "copied", creationPolicy: "Owner" },
        data: [{ secretKey: "key", remoteRef: { key: "vllm", property: "token" } }],
      },
    });
    await expect(
      run({ bundles: [copied] }, (secrets) => secrets.provide("system", "copied")),
    ).rejects.toThrow("the cluster aws has no store");
  });
});

describe("a checksum", () => {
  const checksum = async (args: Args, values: Readonly<Record<string, string>>, namespace = "production") => {
    const { used } = await run({ bundles: [mixed], ...args }, (secrets) =>
      secrets.provide(namespace, "mixed", values),
    );
    return { text: await known(used.checksum), secret: await pulumi.isSecret(used.checksum) };
  };
  const given = { mixed: { "api-key": "letmein" } };

  test("is no secret, and changes with every value and with nothing else", async () => {
    const before = await checksum({ given }, { url: "x" });
    expect(before).toEqual({ text: expect.stringMatching(/^[0-9a-f]{64}$/), secret: false });
    expect(await checksum({ given }, { url: "x" })).toEqual(before);
    expect(await checksum({ given, rotation: { today: onDay(1), now: {} } }, { url: "x" })).toEqual(before);
    const others = [
      await checksum({ given }, { url: "y" }),
      await checksum({ given: { mixed: { "api-key": "letmeout" } } }, { url: "x" }),
      await checksum({ given, rotation: { today, now: { mixed: "now" } } }, { url: "x" }),
      await checksum({ given }, { url: "x" }, "staging"),
    ];
    const texts = [before, ...others].map(({ text }) => text);
    expect(new Set(texts).size).toBe(5);
  });
});
