import { prod } from "../../test/support/aws/prod";
import {
  leanWith,
  production,
  type RecordedPlatform,
  type RecordedResource,
  recordPlatform,
} from "../../test/support/recorded/aws-platform";

const nodeGroup = "eks/nodeGroup:NodeGroup";

const launchTemplate = "ec2/launchTemplate:LaunchTemplate";

/** The node group of a pool, by its logical name. */
function groupOf(recorded: RecordedPlatform, pool: string): RecordedResource {
  return recorded.one(nodeGroup, `aws-${pool}-group`);
}

describe("nodes", () => {
  test("use IMDSv2 with one hop, have encrypted gp3 disks, and are tagged", () => {
    const templates = prod.all(launchTemplate);
    expect(templates).toHaveLength(12);
    for (const { inputs } of templates) {
      expect(inputs.metadataOptions).toEqual({
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      });
      expect(inputs.blockDeviceMappings).toMatchObject([
        { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3" } },
      ]);
      expect(inputs.tagSpecifications).toMatchObject(
        ["instance", "volume", "network-interface"].map((resourceType) => ({
          resourceType,
          tags: { team: "ai-platform" },
        })),
      );
      expect(inputs).not.toHaveProperty("networkInterfaces");
    }
    expect(prod.one(launchTemplate, "gpu-a10").inputs.blockDeviceMappings).toMatchObject([
      { ebs: { volumeSize: 200 } },
    ]);
  });

  test("with Bottlerocket have both disks encrypted", async () => {
    const recorded = await recordPlatform(
      leanWith({
        nodePools: {
          general: { ...production.nodePools.general, amiType: "BOTTLEROCKET_x86_64", diskGiB: 80 },
        },
      }),
    );
    expect(recorded.all(launchTemplate)[0]?.inputs.blockDeviceMappings).toEqual([
      { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true" } },
      {
        deviceName: "/dev/xvdb",
        ebs: { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true", volumeSize: 80 },
      },
    ]);
  });

  test("are in the private subnets of all zones, or of their own, and sized by the autoscaler once they exist", () => {
    for (const { name, inputs, options } of prod.all(nodeGroup)) {
      const [, own] = /-us-east-1([abc])-group$/.exec(name) ?? [];
      expect(inputs.subnetIds).toEqual(
        (own === undefined ? ["a", "b", "c"] : [own]).map(
          (zone) => `id-of-aws-network-private-us-east-1${zone}`,
        ),
      );
      expect(options.ignoreChanges).toEqual(["scalingConfig.desiredSize"]);
      expect(inputs).toMatchObject({ version: "1.35", nodeRepairConfig: { enabled: true } });
    }
  });

  test("of a pool bound to some zones stay in their subnets", async () => {
    const recorded = await recordPlatform(
      leanWith({
        nodePools: { general: { ...production.nodePools.general, zones: ["us-east-1c", "us-east-1a"] } },
      }),
    );
    expect(recorded.all(nodeGroup).map(({ inputs }) => inputs.subnetIds)).toEqual([
      ["id-of-aws-network-private-us-east-1c"],
      ["id-of-aws-network-private-us-east-1a"],
    ]);
    expect(recorded.platform.cluster.pools.map(({ zones }) => zones)).toEqual([
      ["us-east-1c"],
      ["us-east-1a"],
    ]);
  });

  test("of the spot pool are exactly what 000 asks for (C4)", () => {
    expect(groupOf(prod, "ai-spot-workers").inputs).toMatchObject({
      capacityType: "SPOT",
      instanceTypes: ["t3a.xlarge", "t3.xlarge"],
      scalingConfig: { minSize: 2, desiredSize: 4, maxSize: 10 },
      taints: [{ key: "spot-instance", value: "true", effect: "NO_SCHEDULE" }],
    });
    expect(groupOf(prod, "ai-spot-workers").inputs.labels).toEqual({
      "workload-type": "ai-batch",
      lifecycle: "spot",
      "ai-platform/pool": "ai-spot-workers",
    });
  });

  test("of AI compute are a fifth on-demand, rounded up, and the rest spot (C4)", () => {
    const sizes = (pool: string) => groupOf(prod, pool).inputs.scalingConfig;
    expect(["a", "b", "c"].map((zone) => sizes(`ai-compute-on-demand-us-east-1${zone}`))).toEqual([
      { minSize: 0, desiredSize: 0, maxSize: 1 },
      { minSize: 0, desiredSize: 1, maxSize: 1 },
      { minSize: 1, desiredSize: 1, maxSize: 2 },
    ]);
    expect(sizes("ai-compute-spot")).toEqual({ minSize: 2, desiredSize: 4, maxSize: 16 });
    expect(groupOf(prod, "ai-compute-on-demand-us-east-1a").inputs).toMatchObject({
      capacityType: "ON_DEMAND",
      labels: { "workload-type": "cpu-intensive", lifecycle: "on-demand" },
      taints: [],
    });
    expect(groupOf(prod, "ai-compute-spot").inputs).toMatchObject({
      capacityType: "SPOT",
      labels: { "workload-type": "cpu-intensive", lifecycle: "spot" },
    });
  });

  test("on spot have the taint in every pool (C4)", () => {
    for (const pool of ["ai-compute-spot", "ai-spot-workers"]) {
      expect(groupOf(prod, pool).inputs.taints).toEqual([
        { key: "spot-instance", value: "true", effect: "NO_SCHEDULE" },
      ]);
    }
  });

  test("with GPUs have NVIDIA's image, the seeds' label, and keep other pods away (000)", () => {
    expect(groupOf(prod, "gpu-a10").inputs).toMatchObject({
      amiType: "AL2023_x86_64_NVIDIA",
      labels: { accelerator: "nvidia-gpu", lifecycle: "on-demand" },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
      scalingConfig: { minSize: 4, desiredSize: 4, maxSize: 4 },
    });
    expect(groupOf(prod, "general-us-east-1a").inputs).toMatchObject({
      amiType: "AL2023_x86_64_STANDARD",
      taints: [],
    });
  });

  test("of pools that may be empty are described to the autoscaler by tags", async () => {
    const described = prod.all("autoscaling/tag:Tag").map(({ name }) => name.replace(/-us-east-1\w-.*$/, ""));
    expect([...new Set(described)]).toEqual(["aws-ai-compute-on-demand", "aws-data-storage"]);
    const recorded = await recordPlatform(
      leanWith({
        nodePools: {
          general: production.nodePools.general,
          "gpu-a10": { ...production.nodePools["gpu-a10"], minimum: 0, desired: 0 },
        },
      }),
    );
    const tags = recorded.all("autoscaling/tag:Tag").map(({ inputs }) => inputs.tag);
    const prefix = "k8s.io/cluster-autoscaler/node-template";
    expect(tags).toEqual([
      { key: `${prefix}/label/lifecycle`, value: "on-demand", propagateAtLaunch: false },
      { key: `${prefix}/label/accelerator`, value: "nvidia-gpu", propagateAtLaunch: false },
      { key: `${prefix}/label/ai-platform/pool`, value: "gpu-a10", propagateAtLaunch: false },
      { key: `${prefix}/taint/nvidia.com/gpu`, value: "present:NoSchedule", propagateAtLaunch: false },
      { key: `${prefix}/resources/ephemeral-storage`, value: "200Gi", propagateAtLaunch: false },
      { key: `${prefix}/resources/nvidia.com/gpu`, value: "1", propagateAtLaunch: false },
    ]);
  });

  test("have a role that only joins clusters and pulls images", () => {
    const attached = prod
      .all("iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter(({ name }) => name.startsWith("aws-nodes-"))
      .map(({ inputs }) => inputs.policyArn);
    expect(attached).toEqual([
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    ]);
  });
});
