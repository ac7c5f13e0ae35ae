import { encryptedAtRest } from "./aws/encrypted-at-rest";
import { todayVariable } from "./day";
import { nonRoot } from "./kubernetes/non-root";
import { privilege } from "./kubernetes/privilege";
import { seccomp } from "./kubernetes/seccomp";
import { serviceAccountToken } from "./kubernetes/service-account-token";
import type { Policy, ResourcePolicy } from "./policy";
import { allCases } from "./testing/all-cases";
import { type CatchingCase, casesDay, type Sample } from "./testing/cases";
import { toWire, unknownOnTheWire, violations, withEachUnknown } from "./testing/harness";
import { remediate } from "./testing/remediate";
import { container, object, pod } from "./testing/samples";
import { snapshot, unknown, type Value } from "./value";

process.env[todayVariable] = casesDay;

const remediating = allCases.filter(({ policy }) => policy.scope === "resource" && policy.remediates);
const others = allCases.filter((cases) => !remediating.includes(cases));

function sent(sample: Sample): object {
  return Object(toWire(sample.properties));
}

/** The sample as the engine goes on with it; undefined when nothing was put right. */
async function putRight(policy: Policy, sample: Sample, configuration?: object): Promise<Sample | undefined> {
  const after = await remediate([policy], sample, sent(sample), configuration);
  return after && { ...sample, properties: received(after) };
}

function received(wire: unknown): Value {
  if (wire === unknownOnTheWire) return unknown;
  if (Array.isArray(wire)) return wire.map(received);
  if (typeof wire === "object" && wire !== null) {
    return Object.fromEntries(Object.entries(wire).map(([key, one]) => [key, received(one)]));
  }
  return snapshot(wire);
}

function unknowns(properties: object): number {
  return JSON.stringify(properties).split(unknownOnTheWire).length - 1;
}

describe.each(remediating.map((cases) => [cases.policy.id, cases] as const))("%s", (_, cases) => {
  const { policy, passes, withUnknowns } = cases;
  const catches = [...cases.catches, ...withUnknowns.catches];

  test("puts a resource so right that it passes", async () => {
    const after = await Promise.all(
      catches.flatMap((one) =>
        one.resources.map(async (sample) => {
          const right = await putRight(policy, sample, one.configuration);
          return right ? violations(policy, { ...one, resources: [right] }) : ["left as it is"];
        }),
      ),
    );
    expect(after).toContainEqual([]);
  });

  test.each(catches.map((one) => [one.name, one] as const))(
    "does all that it can at once, and adds no violation: %s",
    async (_name, one: CatchingCase) => {
      for (const sample of one.resources) {
        const right = await putRight(policy, sample, one.configuration);
        if (right === undefined) continue;
        expect(await putRight(policy, right, one.configuration)).toBeUndefined();
        const left = violations(policy, { ...one, resources: [right] });
        expect(one.violations).toEqual(expect.arrayContaining([...left]));
        expect(left.length).toBeLessThan(one.violations.length);
      }
    },
  );

  test("leaves alone what is right already", async () => {
    for (const { name, resources, configuration } of [...passes, ...withUnknowns.passes]) {
      for (const sample of resources) {
        expect([name, await putRight(policy, sample, configuration)]).toEqual([name, undefined]);
      }
    }
  });

  test("keeps what is not known", async () => {
    const blanked = cases.catches.slice(0, 2).flatMap((one) => [...withEachUnknown(one)]);
    for (const one of [...blanked, ...withUnknowns.catches]) {
      for (const sample of one.resources) {
        const after = await remediate([policy], sample, sent(sample), one.configuration);
        if (after) expect([one.name, unknowns(after)]).toEqual([one.name, unknowns(sent(sample))]);
      }
    }
  });
});

test.each(others.map(({ policy, catches }) => [policy.id, policy, catches] as const))(
  "%s leaves resources as they are, and says so",
  async (_, policy, catches) => {
    for (const { resources, configuration } of catches) {
      for (const sample of resources) {
        expect(await putRight(policy, sample, configuration)).toBeUndefined();
      }
    }
  },
);

const onlyPrivileged = (securityContext: Value) => pod({ containers: [container({ securityContext })] });
const disk = { type: "aws:ec2/launchTemplate:LaunchTemplate", name: "nodes" };

test.each<readonly [what: string, policy: ResourcePolicy, sample: Sample]>([
  ["a privileged container", privilege, onlyPrivileged({ privileged: true })],
  ["a container that may be privileged", privilege, onlyPrivileged({ privileged: unknown })],
  ["one that administers the system", privilege, onlyPrivileged({ capabilities: { add: ["SYS_ADMIN"] } })],
  ["an image that may run as root", nonRoot, onlyPrivileged({})],
  ["a profile that was switched off", seccomp, onlyPrivileged({ seccompProfile: { type: "Unconfined" } })],
  ["a pod with an account of its own", serviceAccountToken, pod({ serviceAccountName: "app" })],
  ["a pod whose account is not known", serviceAccountToken, pod({ serviceAccountName: unknown })],
  [
    "a disk made from a snapshot",
    encryptedAtRest,
    { ...disk, properties: { blockDeviceMappings: [{ ebs: { snapshotId: "snap-1" } }] } },
  ],
  ["a volume that holds data", encryptedAtRest, { type: "aws:ebs/volume:Volume", properties: { size: 8 } }],
])("%s is refused, and left as it is", async (what, policy, sample) => {
  expect(violations(policy, { name: what, resources: [sample] })).not.toEqual([]);
  expect(await putRight(policy, sample)).toBeUndefined();
});

test("secrets stay secret, and policies build on what the one before set", async () => {
  const secret = (value: unknown) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    value,
  });
  const env = [{ name: "TOKEN", value: secret("hunter2") }];
  const spec = { containers: [{ name: "app", env, securityContext: { runAsUser: 1000 } }] };
  const before = { metadata: { name: "app" }, spec: secret(spec) };
  const after = await remediate([nonRoot, privilege, seccomp], pod({}), before);
  expect(after).toEqual({
    ...before,
    spec: secret({
      containers: [
        {
          name: "app",
          env,
          securityContext: {
            runAsUser: 1000,
            runAsNonRoot: true,
            allowPrivilegeEscalation: false,
            seccompProfile: { type: "RuntimeDefault" },
          },
        },
      ],
    }),
  });
});

test("an exempt resource is left as it is", async () => {
  const annotations = {
    "policies.ai-platform/exempt-kubernetes-seccomp": "2026-06-15 The profile comes next week",
  };
  const spec = { template: { spec: { containers: [{ name: "app" }] } } };
  const resource = (metadata: Record<string, Value>) => object("apps/v1:Deployment", "app", spec, metadata);
  expect(await putRight(seccomp, resource({}))).toBeDefined();
  expect(await putRight(seccomp, resource({ annotations }))).toBeUndefined();
});
