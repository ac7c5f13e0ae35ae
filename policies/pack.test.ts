import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bucketNotPublic } from "./aws/bucket-not-public";
import { catalogue } from "./catalogue";
import { todayVariable } from "./day";
import { grantedBy } from "./exemptions/exceptions";
import type { Granted } from "./exemptions/granted";
import { defaultDeny } from "./kubernetes/default-deny";
import { nonRoot } from "./kubernetes/non-root";
import { podSecurityLabels } from "./kubernetes/pod-security-labels";
import { sdkPolicies } from "./pack";
import type { ResourcePolicy } from "./policy";
import { casesDay, type Sample } from "./testing/cases";
import { violations } from "./testing/harness";
import { namespace, object } from "./testing/samples";
import { snapshot, unknown, type Value } from "./value";

process.env[todayVariable] = casesDay;

describe("an exemption", () => {
  const key = "policies.ai-platform/exempt-kubernetes-non-root";

  function isRefused(annotations: Value): boolean {
    const spec = { template: { spec: { containers: [{ name: "app" }] } } };
    const resources = [object("apps/v1:DaemonSet", "agent", spec, { annotations })];
    return violations(nonRoot, { name: "agent", resources }).length > 0;
  }

  test.each<readonly [string, Value, boolean]>([
    ["none", {}, true],
    ["one with a last day and a reason", { [key]: "2026-06-15 The vendor's image needs root" }, false],
    ["one that has expired", { [key]: "2026-06-14 The vendor's image needs root" }, true],
    ["one without a reason", { [key]: "2026-06-15" }, true],
    ["one for another policy", { [`${key}-ever`]: "2026-06-15 The vendor's image needs root" }, true],
    ["one that is not known yet", { [key]: unknown }, false],
    ["annotations that are not known yet", unknown, false],
  ])("%s: %j refuses the resource: %s", (_, annotations, refused) => {
    expect(isRefused(annotations)).toBe(refused);
  });

  const bucketPolicy: Sample = {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "open-data",
    properties: {
      policy: JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action: "s3:GetObject" } }),
    },
  };

  function exemptedBy(entry: Value): readonly string[] {
    const configuration = { exempt: [entry] };
    return violations(bucketNotPublic, { name: "open", resources: [bucketPolicy], configuration });
  }

  const entry = {
    resources: ["open-data"],
    until: "2026-07-01",
    owner: "@data",
    reason: "The ministry publishes its data",
  };

  test.each<readonly [string, Value, string]>([
    ["in time, by somebody", entry, ""],
    ["by type and name", { ...entry, resources: ["aws:s3/bucketPolicy:BucketPolicy::open-data"] }, ""],
    ["of another resource", { ...entry, resources: ["other"] }, "Condition on who they are.$"],
    ["expired", { ...entry, until: "2026-06-14" }, "does not count: it expired after 2026-06-14"],
    ["far ahead", { ...entry, until: "2026-08-01" }, "does not count: 2026-08-01 is 47 days away"],
    ["by nobody", { ...entry, owner: "" }, "does not count: it is from a critical policy"],
    ["for no reason", { ...entry, reason: "it is needed" }, 'does not count: "it is needed" says nothing'],
  ])("by the stack's configuration, of what can carry none: %s", (_, given, message) => {
    expect(exemptedBy(given)).toEqual(message === "" ? [] : [expect.stringMatching(message)]);
  });

  test("frees one resource from a stack policy, and no other", () => {
    const exempt = {
      "policies.ai-platform/exempt-kubernetes-default-deny": "2026-06-15 Moves out next week",
    };
    const other = { ...namespace({ name: "other" }), name: "other" };
    const found = violations(defaultDeny, {
      name: "two",
      resources: [namespace({ annotations: exempt }), other],
    });
    expect(found).toEqual([expect.stringMatching(/^other: /)]);
  });
});

test("violations are mandatory unless configured; what only reports is advisory", () => {
  const levels = sdkPolicies(catalogue).map(({ name, enforcementLevel }) => [name, enforcementLevel]);
  expect(levels.filter(([, level]) => level !== "mandatory")).toEqual([
    ["kubernetes-image-digest", "advisory"],
    ["helm-rendered", "advisory"],
    ["exemption-in-force", "advisory"],
    ["exemption-configured", "advisory"],
  ]);
});

test("the engine learns what may be configured, and that resources may be exempt", () => {
  const [configurable, fixed] = sdkPolicies([podSecurityLabels, nonRoot]);
  expect(Object.keys(configurable?.configSchema?.properties ?? {})).toEqual([
    "levels",
    "privilegedNamespaces",
    "exempt",
  ]);
  expect(Object.keys(fixed?.configSchema?.properties ?? {})).toEqual(["exempt"]);
});

test("a resource policy is never shown resources of other types", () => {
  const careless: ResourcePolicy = {
    ...nonRoot,
    *validate({ type }) {
      yield type;
    },
  };
  const resources = [object("core/v1:Pod", "app", {}), object("core/v1:Service", "app", {})];
  expect(violations(careless, { name: "both", resources })).toEqual(["app: kubernetes:core/v1:Pod"]);
});

function configured(stack: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(__dirname, "config", `${stack}.json`), "utf8"));
}

function exceptionsOf(configuration: Readonly<Record<string, unknown>>): readonly Granted[] {
  return catalogue.flatMap((policy) => grantedBy(policy, snapshot(configuration[policy.id])));
}

test("stacks that make the same exception give the same reason", () => {
  const reasons = new Map<string, Set<string>>();
  for (const { policy, key, names, reason } of ["dev", "staging", "prod"].flatMap((stack) =>
    exceptionsOf(configured(stack)),
  )) {
    for (const name of names) {
      const exception = `${policy} ${key} ${name}`;
      reasons.set(exception, (reasons.get(exception) ?? new Set()).add(reason));
    }
  }
  expect([...reasons].filter(([, given]) => given.size > 1)).toEqual([]);
});

test("the engine refuses an exception without a reason", () => {
  const [labels] = sdkPolicies([podSecurityLabels]);
  expect(labels?.configSchema?.properties.privilegedNamespaces).toMatchObject({
    items: { required: ["names", "reason"], properties: { reason: { pattern: "\\S+\\s+\\S+\\s+\\S" } } },
  });
});

describe.each([
  ["dev", "advisory"],
  ["staging", "mandatory"],
  ["prod", "mandatory"],
])("config/%s.json", (stack, level) => {
  const configuration = configured(stack);

  test(`makes violations ${level}`, () => {
    expect(configuration.all).toBe(level);
  });

  test.each(["helm-rendered", "exemption-in-force", "exemption-configured"])("fails no run for %s", (id) => {
    expect(configuration[id] ?? configuration.all).toBe("advisory");
  });

  test("gives each exception a reason of a few words", () => {
    const granted = exceptionsOf(configuration);
    expect(granted.length).toBeGreaterThan(5);
    for (const { reason } of granted) expect(reason).toMatch(/^[A-Za-z].*\s.*\S$/);
  });

  test("configures policies that exist, by properties that they have", () => {
    for (const [id, settings] of Object.entries(configuration)) {
      if (id === "all") continue;
      const policy = catalogue.find((one) => one.id === id);
      expect(policy?.id).toBe(id);
      const known = ["enforcementLevel", "exempt", ...Object.keys(policy?.configuration ?? {})];
      if (typeof settings === "object")
        expect(known).toEqual(expect.arrayContaining(Object.keys(settings ?? {})));
    }
  });
});
