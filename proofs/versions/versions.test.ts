import { evidenceOf, faultsOf, type Piece } from "../../test/support/proofs/evidence";
import { versions } from ".";

const cluster = (version: string): Piece => ({
  type: "aws:eks/cluster:Cluster",
  name: "aws-cluster",
  inputs: { name: "shop", version },
});
const group = (version?: string): Piece => ({
  type: "aws:eks/nodeGroup:NodeGroup",
  name: "workers",
  inputs: {
    clusterName: "shop",
    version,
    instanceTypes: ["m7i.xlarge"],
    launchTemplate: { id: "template-id" },
    scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 },
    subnetIds: [],
    taints: [],
  },
});
const template: Piece = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  name: "template",
  inputs: { blockDeviceMappings: [{ ebs: { volumeSize: 100 } }] },
};
const addon = (addonName: string, addonVersion?: string): Piece => ({
  type: "aws:eks/addon:Addon",
  name: addonName,
  inputs: { clusterName: "shop", addonName, addonVersion },
});
const faults = (...pieces: readonly Piece[]) => faultsOf(versions, evidenceOf(template, ...pieces));

test.each<readonly [string | undefined, string | undefined]>([
  [undefined, undefined],
  ["1.35", undefined],
  ["1.32", undefined],
  ["1.31", "is 4 minor versions behind its control plane, 1.35, and 3 are allowed"],
  ["1.36", "is ahead of its control plane, 1.35"],
])("nodes of %s beside a control plane of 1.35", (version, rule) => {
  expect(faults(cluster("1.35"), group(version))).toEqual(
    rule === undefined ? [] : [expect.stringContaining(rule)],
  );
});

test("a version that the cloud does not offer", () => {
  expect(faults(cluster("1.29"))).toEqual([
    expect.stringContaining("Kubernetes 1.29 is none of the versions"),
  ]);
  const lke = (k8sVersion: string): Piece => ({
    type: "linode:index/lkeCluster:LkeCluster",
    name: "linode-cluster",
    inputs: { k8sVersion },
  });
  expect(faults(lke("1.35"))).toEqual([]);
  expect(faults(lke("1.53"))).toHaveLength(1);
});

test.each<readonly [string, string | undefined, string | undefined]>([
  ["coredns", "v1.14.3-eksbuild.3", undefined],
  ["coredns", "v1.14.9-eksbuild.1", undefined],
  ["coredns", "v1.9.3-eksbuild.1", "is not known to be for Kubernetes 1.35"],
  ["coredns", undefined, "its version is left to AWS"],
  ["kube-proxy", "v1.35.9-eksbuild.1", undefined],
  ["kube-proxy", "v1.33.0-eksbuild.1", undefined],
  ["kube-proxy", "v1.36.0-eksbuild.1", "is ahead of its control plane"],
  ["kube-proxy", "v1.31.0-eksbuild.1", "4 minor versions behind"],
  ["an-add-on-of-others", "v9", undefined],
])("the add-on %s in the version %s", (name, version, rule) => {
  expect(faults(cluster("1.35"), addon(name, version))).toEqual(
    rule === undefined ? [] : [expect.stringContaining(rule)],
  );
});

test.each([
  ["v1.35.0", 0],
  ["v1.34.2", 1],
])("an autoscaler of %s", (tag, count) => {
  const provider = { type: "pulumi:providers:kubernetes", name: "aws-kubernetes", inputs: {} };
  const release: Piece = {
    type: "kubernetes:helm.sh/v3:Release",
    name: "autoscaler",
    inputs: {
      name: "autoscaler",
      namespace: "kube",
      chart: "cluster-autoscaler",
      version: "9",
      values: { image: { tag } },
    },
  };
  expect(faults(provider, cluster("1.35"), release)).toHaveLength(count);
});
