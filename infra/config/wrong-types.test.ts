import { type Change, faultyKeys } from "../../test/support/config/loaded";

describe("a value of a wrong type hides no check that it has no part in", () => {
  test.each<{ name: string; set: Change["set"]; keys: readonly string[] }>([
    {
      name: "of another pool",
      set: {
        "clusters/aws/nodePools/general/maximum": "many",
        "clusters/aws/nodePools/data-storage/minimum": 9,
      },
      keys: ["clusters.aws.nodePools.data-storage.minimum", "clusters.aws.nodePools.general.maximum"],
    },
    {
      name: "of the same section",
      set: { "clusters/aws/nodePools/general/maximum": "many", "clusters/aws/network/zones/0": "us-west-2a" },
      keys: ["clusters.aws.network.zones[0]", "clusters.aws.nodePools.general.maximum"],
    },
    {
      name: "of a rule that crosses sections",
      set: { "clusters/aws/nodePools/general/maximum": "many", "systems/atlas/gpuPool": "general" },
      keys: ["clusters.aws.nodePools.general.maximum", "systems.atlas.gpuPool"],
    },
    {
      name: "when several values are wrong, one of them missing",
      set: {
        "clusters/aws/nodePools/general/maximum": "many",
        "clusters/aws/nodePools/data-storage/minimum": undefined,
        "clusters/aws/buckets/replicate": "yes",
        "clusters/aws/cluster/serviceCidr": "10.20.128.0/20",
      },
      keys: [
        "clusters.aws.buckets.replicate",
        "clusters.aws.cluster.serviceCidr",
        "clusters.aws.nodePools.data-storage.minimum",
        "clusters.aws.nodePools.general.maximum",
      ],
    },
    {
      name: "of a system beside it",
      set: { "systems/aiaas/cluster": 7, "systems/ai-middleware/cluster": "local" },
      keys: ["systems.ai-middleware.cluster", "systems.aiaas.cluster"],
    },
    {
      name: "of a cluster of Linode",
      set: { "clusters/linode/nodePools/gpu/count": "two", "clusters/linode/cluster/version": "1.33" },
      keys: ["clusters.linode.cluster.version", "clusters.linode.nodePools.gpu.count"],
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
    { name: "whoever names the section", set: { "clusters/linode/nodePools": 3 } },
  ])("$name", ({ set }) => {
    expect(faultyKeys({ set })).toHaveLength(1);
  });
});
