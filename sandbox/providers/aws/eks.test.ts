import {
  cloud,
  cluster,
  east,
  make,
  network,
  preview,
  role,
  vpcConfig,
} from "../../../test/support/clouds/aws-cloud";
import type { Values } from "../standin";

describe("EKS", () => {
  test("a cluster is a control plane, and goes with it", async () => {
    const { cluster: made, vpc } = await cluster();
    expect(cloud.clusters.versions.get("aws-atlas")).toBe("1.34");
    expect(made.outputs).toMatchObject({
      arn: "arn:aws:eks:us-east-1:123456789012:cluster/atlas",
      endpoint: "https://127.0.0.1:6443",
      certificateAuthority: { data: "Q0E=" },
      identities: [
        {
          oidcs: [
            {
              issuer: expect.stringMatching(
                /^https:\/\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/,
              ),
            },
          ],
        },
      ],
      vpcConfig: { vpcId: vpc.id, clusterSecurityGroupId: expect.stringMatching(/^sg-/) },
      status: "ACTIVE",
    });
    await cloud.delete(east, made);
    expect([...cloud.clusters.versions]).toEqual([]);
  });

  test("a preview leaves unknown what the cluster's VPC configuration gets", async () => {
    const { outputs } = await preview("eks/cluster:Cluster", { name: "atlas", roleArn: "arn", vpcConfig });
    expect(outputs.vpcConfig).toEqual({
      subnetIds: ["subnet-1"],
      clusterSecurityGroupId: expect.any(Symbol),
      vpcId: expect.any(Symbol),
    });
  });

  test("needs two zones, and none in which it has no control planes", async () => {
    const { vpc, subnets } = await network();
    const roleArn = await role("cluster");
    const create = (subnetIds: readonly string[]) =>
      make("eks/cluster:Cluster", { name: "atlas", roleArn, vpcConfig: { subnetIds } });
    await expect(create(subnets.slice(0, 1))).rejects.toThrow(/at least two different AZs, found us-east-1a/);
    const { id } = await make("ec2/subnet:Subnet", {
      vpcId: vpc.id,
      cidrBlock: "10.20.5.0/24",
      availabilityZone: "us-east-1e",
    });
    await expect(create([...subnets, id])).rejects.toThrow(
      /UnsupportedAvailabilityZoneException.*us-east-1e/,
    );
  });

  test("upgrades one minor version at a time and never back", async () => {
    const { cluster: made } = await cluster();
    await expect(cloud.update(east, made, { ...made.inputs, version: "1.33" })).rejects.toThrow(
      /from 1.34 to 1.33/,
    );
    await cloud.update(east, made, { ...made.inputs, version: "1.35" });
    expect(cloud.clusters.versions.get("aws-atlas")).toBe("1.35");
    await expect(cloud.update(east, made, { ...made.inputs, version: "1.37" })).rejects.toThrow(
      /from 1.35 to 1.37/,
    );
  });

  test("a node group is nodes with what their type offers, in its zones, with its labels and taints", async () => {
    const { subnets } = await cluster();
    const template = await make("ec2/launchTemplate:LaunchTemplate", {
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 100 } }],
    });
    const made = await make("eks/nodeGroup:NodeGroup", {
      clusterName: "atlas",
      nodeGroupName: "gpu",
      nodeRoleArn: await role("nodes"),
      subnetIds: subnets,
      instanceTypes: ["g5.2xlarge"],
      capacityType: "SPOT",
      launchTemplate: { id: template.id, version: "1" },
      scalingConfig: { minSize: 0, desiredSize: 2, maxSize: 4 },
      labels: { workload: "gpu" },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
    });

    expect(cloud.clusters.pools.get("aws-atlas/gpu")).toMatchObject({
      count: 2,
      zones: ["us-east-1a", "us-east-1b"],
      labels: {
        workload: "gpu",
        "eks.amazonaws.com/nodegroup": "gpu",
        "eks.amazonaws.com/capacityType": "SPOT",
      },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
      instanceTypes: [
        {
          instanceType: "g5.2xlarge",
          capacity: { cpu: "8", "nvidia.com/gpu": "1", "ephemeral-storage": "100Gi" },
        },
      ],
    });
    const tag = { key: "a", value: "b", propagateAtLaunch: false };
    const [{ name = "" } = {}] = Object(made.outputs.resources)[0].autoscalingGroups;
    await expect(make("autoscaling/tag:Tag", { autoscalingGroupName: name, tag })).resolves.toBeDefined();
    await expect(make("autoscaling/tag:Tag", { autoscalingGroupName: "other", tag })).rejects.toThrow(
      /does not exist/,
    );

    await cloud.delete(east, made);
    expect([...cloud.clusters.pools]).toEqual([]);
  });

  test("a node group lies in the cluster's VPC, within the quota of vCPUs, on a launch template that exists", async () => {
    const { subnets, cluster: made } = await cluster();
    const base = {
      clusterName: "atlas",
      nodeRoleArn: await role("nodes"),
      subnetIds: subnets,
      scalingConfig: { minSize: 0, desiredSize: 1, maxSize: 100 },
    };
    const create = (more: Values) =>
      make("eks/nodeGroup:NodeGroup", { ...base, instanceTypes: ["m6i.2xlarge"], ...more });
    await expect(create({ subnetIds: (await network("10.30.0.0/16")).subnets })).rejects.toThrow(
      /is not in the cluster's VPC/,
    );
    await expect(create({ subnetIds: ["subnet-0"] })).rejects.toThrow(/InvalidSubnetID.NotFound/);
    await expect(
      create({ instanceTypes: ["g5.2xlarge"], scalingConfig: { minSize: 0, desiredSize: 30, maxSize: 30 } }),
    ).rejects.toThrow(
      /vCPU limit of 192 allows for the graphics ON_DEMAND instances: 0 are in use, 240 are asked for/,
    );
    const template = await make("ec2/launchTemplate:LaunchTemplate", {});
    await expect(create({ launchTemplate: { id: template.id, version: "7" } })).rejects.toThrow(
      /has no version 7; the latest is 1/,
    );
    await create({});
    await expect(cloud.delete(east, made)).rejects.toThrow(/in use by the EKS node group/);
  });

  test("add-ons are of a known version that fits", async () => {
    await cluster();
    const addon = (addonName: string, addonVersion?: string) =>
      make("eks/addon:Addon", { clusterName: "atlas", addonName, ...(addonVersion && { addonVersion }) });
    await expect(addon("kube-proxi")).rejects.toThrow(/does not know the add-on "kube-proxi"/);
    await expect(addon("kube-proxy", "v1.35.3-eksbuild.18")).rejects.toThrow(
      /not supported with Kubernetes 1.34/,
    );
    await expect(addon("kube-proxy", "v1.34.6-eksbuild.18")).resolves.toBeDefined();
    await expect(addon("kube-proxy")).rejects.toThrow(/ResourceInUseException/);
    expect(cloud.clusters.defined).toEqual([]);
  });

  test("an add-on brings the definitions of its kinds to its cluster", async () => {
    await cluster();
    await make("eks/addon:Addon", { clusterName: "atlas", addonName: "snapshot-controller" });
    expect(cloud.clusters.defined).toContainEqual(
      expect.stringMatching(
        /^aws-atlas: .*"name":"volumesnapshotclasses.snapshot.storage.k8s.io".*"scope":"Cluster"/,
      ),
    );
  });

  test("access entries need a cluster that reads them, and policies an entry", async () => {
    await cluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } });
    const principalArn = "arn:aws:iam::123456789012:role/admin";
    await expect(make("eks/accessEntry:AccessEntry", { clusterName: "atlas", principalArn })).rejects.toThrow(
      /it is CONFIG_MAP/,
    );
    const association = {
      clusterName: "atlas",
      principalArn,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      accessScope: { type: "cluster" },
    };
    await expect(make("eks/accessPolicyAssociation:AccessPolicyAssociation", association)).rejects.toThrow(
      /access entry of .* does not exist/,
    );
  });
});
