import {
  type Change,
  databases,
  faultyKeys,
  load,
  refusal,
  stackFile,
  type Tree,
  withValue,
} from "../../test/support/config/loaded";

describe("a managed database (C12)", () => {
  const fixed = {
    "clusters/linode/nodePools/baseline-production": { plan: "g6-standard-8", nodes: 3 },
    "clusters/linode/nodePools/baseline-staging": { plan: "g6-standard-8", nodes: 3 },
  };

  test("is reached from pools of fixed size, whose addresses are named", () => {
    const named = databases({ managed: true, clientCidrs: ["172.105.64.11/32"] });
    expect(() => load({ set: { ...fixed, "clusters/linode/databases": named } })).not.toThrow();
    expect(
      faultyKeys({ set: { ...fixed, "clusters/linode/databases": databases({ managed: true }) } }),
    ).toEqual(["clusters.linode.databases.user-organization.clientCidrs"]);
  });

  test("is not reached from nodes of another stack, nor from another cloud", () => {
    const named = databases({ managed: true, clientCidrs: ["172.105.64.11/32"] });
    expect(faultyKeys({ stack: "staging", set: { "clusters/linode/databases": named } })).toEqual([
      "clusters.linode.databases.user-organization.managed",
    ]);
    expect(
      faultyKeys({
        set: { ...fixed, "clusters/linode/databases": named, "systems/aiaas": { cluster: "aws" } },
      }),
    ).toContain("clusters.linode.databases.user-organization.managed");
  });

  test("may be kept for its data while no service uses it", () => {
    expect(() => load({ set: { "clusters/linode/databases": databases({ managed: false }) } })).not.toThrow();
  });
});

describe("several clusters of one cloud", () => {
  const clusters = stackFile("prod")["ai-platform:clusters"] ?? {};
  const copyOf = (name: string): Tree =>
    Object.entries(clusters).find(([cluster]) => cluster === name)?.[1] ?? {};

  test("do not take each other's names, networks and accounts", () => {
    const set = {
      "clusters/eu": copyOf("aws"),
      "clusters/eu/accountId": "210987654321",
      "clusters/eu/cluster/administrators": ["arn:aws:iam::210987654321:role/platform-admin"],
    };
    expect(faultyKeys({ set })).toEqual([
      "clusters.eu.accountId",
      "clusters.eu.buckets.prefix",
      "clusters.eu.cluster.name",
      "clusters.eu.dns.zone",
      "clusters.eu.edge.hostName",
      "clusters.eu.edge.hostName",
      "clusters.eu.network.cidr",
    ]);
    expect(refusal({ set })).toContain(`  ai-platform:clusters.eu.network.cidr
    found:   "10.20.0.0/16"
    problem: 10.20.0.0/16 overlaps 10.20.0.0/16, the network of the cluster aws: the two could never be joined
    allowed: a network that overlaps no other cluster's
    example: "10.21.0.0/16"`);
    expect(faultyKeys({ set: { "clusters/second": copyOf("linode") } })).toEqual([
      "clusters.second.cluster.name",
      "clusters.second.dns.domain",
      "clusters.second.objectStorage.buckets.backups.label",
      "clusters.second.objectStorage.buckets.exports.label",
      "clusters.second.objectStorage.buckets.state.label",
      "clusters.second.objectStorage.buckets.telemetry.label",
    ]);
  });

  test("are told apart by name, so that no name is half another's with a pool", () => {
    const pool = { instanceTypes: ["m6i.2xlarge"], minimum: 1, desired: 1, maximum: 2 };
    const text = refusal({
      set: {
        "clusters/aws-eu": copyOf("aws"),
        "clusters/aws-eu/nodePools": { spare: pool },
        "clusters/aws/nodePools/eu-spare": pool,
      },
    });
    expect(text).toContain("has this name of cluster and pool together already");
  });

  test("of another stack are told apart, too", () => {
    const shared = copyOf("linode");
    const set = (cluster: Tree) => ({
      "clusters/linode": { cloud: "linode", region: "fr-par", cluster },
      "clusters/other": { cloud: "linode", region: "fr-par", cluster },
    });
    const stack = "organization/ai-platform/prod";
    expect(shared).not.toEqual({});
    expect(faultyKeys({ stack: "staging", set: set({ stack, name: "linode" }) })).toEqual([
      "clusters.other.cluster.stack",
    ]);
    expect(() => load({ stack: "staging", set: set({ stack }) })).not.toThrow();
  });
});

describe("a section of the form before clusters had names", () => {
  const old = (stack: string, cloud: string): Change => {
    const clusters = stackFile(stack)["ai-platform:clusters"] ?? {};
    const found = Object.entries(clusters).find(([name]) => name === cloud)?.[1] ?? {};
    return {
      stack,
      set: { [`clusters/${cloud}`]: undefined, [cloud]: withValue(found, ["cloud"], undefined) },
    };
  };

  test("is told where its keys belong, and nothing else that would follow from it", () => {
    expect(faultyKeys(old("prod", "aws"))).toEqual(["aws"]);
    expect(refusal(old("dev", "local"))).toBe(`1 fault in Pulumi.dev.yaml. Nothing was changed.

  ai-platform:local
    found:   a section for the cloud
    problem: clusters have names, and a stack any number of them; called by its cloud as before, this one keeps its resources
    allowed: its keys below ai-platform:clusters.local, with \`cloud: local\`
    example: ai-platform:clusters: { local: { cloud: local, context: ... } }`);
  });

  test("has its other faults told by the keys that it is to have", () => {
    const { stack, set } = old("prod", "linode");
    expect(faultyKeys({ ...(stack && { stack }), set: { ...set, "linode/region": "atlantis" } })).toEqual([
      "clusters.linode.region",
      "linode",
    ]);
  });
});
