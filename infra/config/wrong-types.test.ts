import { type Change, faultyKeys } from "../../test/support/config/loaded";

describe("a value of a wrong type hides no check of another section", () => {
  test.each<{ name: string; set: Change["set"]; keys: readonly string[] }>([
    {
      name: "other values of its own are held against the schema",
      set: { "clusters/aws/nodePools/general/maximum": "many", "clusters/aws/buckets/replicate": "yes" },
      keys: ["clusters.aws.buckets.replicate", "clusters.aws.nodePools.general.maximum"],
    },
    {
      name: "another cluster is checked whole",
      set: {
        "clusters/aws/nodePools/general/maximum": "many",
        "clusters/linode/cluster/version": "1.33",
      },
      keys: ["clusters.aws.nodePools.general.maximum", "clusters.linode.cluster.version"],
    },
    {
      name: "systems are held against the clusters that are sound",
      set: { "clusters/aws/nodePools/general/maximum": "many", "systems/aiaas/gpuPool": "baseline-staging" },
      keys: ["clusters.aws.nodePools.general.maximum", "systems.aiaas.gpuPool"],
    },
    {
      name: "clusters are checked though a system is not sound",
      set: { "systems/aiaas/cluster": 7, "clusters/linode/cluster/version": "1.33" },
      keys: ["clusters.linode.cluster.version", "systems.aiaas.cluster"],
    },
    {
      name: "an unknown key hides nothing, not even in its own section",
      set: { "clusters/aws/network/zone": "us-east-1a", "clusters/aws/network/zones/0": "us-west-2a" },
      keys: ["clusters.aws.network.zone", "clusters.aws.network.zones[0]"],
    },
  ])("$name", ({ set, keys }) => {
    expect(faultyKeys({ set })).toEqual(keys);
  });
});

describe("a value of a wrong type makes no fault of what would be sound beside the right one", () => {
  test.each<{ name: string; set: Change["set"] }>([
    {
      name: "the other bound",
      set: { "clusters/aws/nodePools/general/maximum": "many", "clusters/aws/nodePools/general/minimum": 30 },
    },
    {
      name: "a size between the bounds",
      set: { "clusters/aws/nodePools/general/minimum": "few", "clusters/aws/nodePools/general/desired": 1 },
    },
    { name: "a network that must not overlap it", set: { "clusters/aws/network/cidr": 10 } },
    { name: "a zone of the region", set: { "clusters/aws/region": "us-est-1" } },
    { name: "a pool that a system names", set: { "clusters/linode/nodePools/gpu/plan": "gpu" } },
    { name: "environments that it may be", set: { environment: "prod" } },
    { name: "what names the section", set: { "clusters/linode/nodePools": 3 } },
  ])("$name", ({ set }) => {
    expect(faultyKeys({ set })).toHaveLength(1);
  });
});
