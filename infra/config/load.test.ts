import { clusterFaults } from "../../test/support/config/faults/clusters";
import { stackFaults } from "../../test/support/config/faults/stack";
import { faultyKeys, load, refusal } from "../../test/support/config/loaded";
import { awsSchema } from "./aws-schema";

test.each(["dev", "staging", "prod"])("the %s stack's file is sound", (stack) => {
  expect(() => load({ stack, set: {} })).not.toThrow();
});

test("zero, false and empty are values, not defaults", () => {
  const { clusters, protectData, tags } = load({
    set: {
      protectData: false,
      tags: {},
      "clusters/aws/nodePools/ai-spot-workers/minimum": 0,
      "clusters/aws/cluster/publicAccessCidrs": [],
      "clusters/aws/network/interfaceEndpoints": [],
      "clusters/aws/buckets/replicate": false,
    },
  });
  expect({ protectData, tags }).toEqual({ protectData: false, tags: {} });
  const aws = awsSchema.parse(clusters.aws);
  expect(aws.nodePools["ai-spot-workers"]).toMatchObject({ minimum: 0, onDemandPercent: 0 });
  expect(aws.cluster.publicAccessCidrs).toEqual([]);
  expect(aws.network.interfaceEndpoints).toEqual([]);
  expect(aws.buckets.replicate).toBe(false);
});

describe("a fault says its key, what was found, what is allowed, and an example", () => {
  const cases = [...stackFaults, ...clusterFaults];

  test.each(cases)("$name", ({ message, ...change }) => {
    const text = refusal(change);
    expect(text).toMatch(new RegExp(`^1 fault in Pulumi\\.${change.stack ?? "prod"}\\.yaml\\.`));
    for (const part of message) expect(text).toContain(part);
  });
});

test("a stack that only shares another's cluster needs no token", () => {
  expect(() => load({ stack: "staging", token: false, set: {} })).not.toThrow();
});

test("a token in the environment is as good as one in the stack", () => {
  process.env.LINODE_TOKEN = "token-of-the-test";
  expect(() => load({ token: false, set: {} })).not.toThrow();
});

test("all faults come at once, whichever sections they are in", () => {
  const text = refusal({
    set: {
      "clusters/aws/nodePools/general/colour": "blue",
      "clusters/aws/network/zones/0": "us-west-2a",
      "clusters/aws/nodePools/general/minimum": 30,
      "clusters/linode/region": "atlantis",
      "systems/ai-middleware/cluster": "local",
      environment: "prod",
    },
    token: false,
  });
  expect(text).toMatch(/^7 faults in Pulumi\.prod\.yaml\. Nothing was changed\./);
  expect(
    text
      .match(/^ {2}ai-platform:.*$/gm)
      ?.map((line) => line.trim())
      .sort(),
  ).toEqual([
    "ai-platform:clusters.aws.network.zones[0]",
    "ai-platform:clusters.aws.nodePools.general.colour",
    "ai-platform:clusters.aws.nodePools.general.minimum",
    "ai-platform:clusters.linode",
    "ai-platform:clusters.linode.region",
    "ai-platform:environment",
    "ai-platform:systems.ai-middleware.cluster",
  ]);
});

test("of a union only the likeliest way of writing is explained", () => {
  const text = refusal({ stack: "staging", set: { "clusters/linode/cluster/stack": "prod" } });
  expect(text).toContain("ai-platform:clusters.linode.cluster.stack");
  expect(text).not.toContain("controlPlaneCidrs");
});

test("what stands at an unknown key is never shown: it may be a secret in the wrong place", () => {
  const text = refusal({ set: { "clusters/linode/apiToken": "hunter2", password: "hunter2" } });
  expect(text).toContain("ai-platform:clusters.linode.apiToken");
  expect(text).not.toContain("hunter2");
});

describe("where real clouds are meant", () => {
  test("every placeholder of a stack is refused at once, defaults among them, with what belongs there", () => {
    expect(faultyKeys({ simulated: false, set: {} })).toEqual([
      "clusters.aws.accountId",
      "clusters.aws.cluster.administrators[0]",
      "clusters.aws.cluster.publicAccessCidrs[0]",
      "clusters.linode.cluster.controlPlaneCidrs[0]",
      "clusters.linode.dns.contact",
      "clusters.linode.dns.domain",
      "systems.ai-middleware.host",
      "systems.ai-middleware.images.registry",
      "systems.aiaas.host",
      "systems.aiaas.images.registry",
      "systems.market-research.host",
      "systems.market-research.images.registry",
    ]);
    const text = refusal({ simulated: false, set: {} });
    expect(text).toContain(
      `  ai-platform:clusters.aws.accountId
    found:   "123456789012"
    problem: an account of AWS's documentation
    allowed: the account that the stack belongs to
    example: aws sts get-caller-identity --query Account --output text`,
    );
  });

  test("in whatever key one stands", () => {
    const refused = faultyKeys({
      simulated: false,
      set: {
        "clusters/aws/edge/hostName": "ai.example.org",
        "platform/mirror": { images: "registry.example.com/mirror" },
        "systems/atlas/images/of": { "ai-engine": "registry.example.com/ai-engine:v1" },
      },
    });
    expect(refused).toEqual(
      expect.arrayContaining([
        "clusters.aws.edge.hostName",
        "platform.mirror.images",
        "systems.atlas.images.of.ai-engine",
      ]),
    );
  });

  test("a stack of nothing but a local cluster may have them", () => {
    expect(() => load({ stack: "dev", simulated: false, set: {} })).not.toThrow();
  });
});
