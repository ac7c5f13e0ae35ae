import { evidenceOf, faultsOf, type Piece } from "../../test/support/proofs/evidence";
import { cloudsComeInOrder } from "./clouds";

const attachment: Piece = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "permissions",
  inputs: { role: "nodes", policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy" },
};
const permissions = "aws:iam/rolePolicyAttachment:RolePolicyAttachment::permissions";
const group = (...dependsOn: string[]): Piece => ({
  type: "aws:eks/nodeGroup:NodeGroup",
  name: "workers",
  inputs: { clusterName: "shop", nodeRoleArn: "arn:aws:iam/role:Role:nodes" },
  options: { dependsOn },
});
const workers = "aws:eks/nodeGroup:NodeGroup::workers";
const addon = (addonName: string, ...dependsOn: string[]): Piece => ({
  type: "aws:eks/addon:Addon",
  name: addonName,
  inputs: { clusterName: "shop", addonName, podIdentityAssociations: [] },
  options: { dependsOn },
});
const faults = (...pieces: readonly Piece[]) => faultsOf(cloudsComeInOrder, evidenceOf(...pieces));

test("nodes come after the policies of their role", () => {
  expect(faults(attachment, group(permissions))).toEqual([]);
  expect(faults(attachment, group())).toEqual([
    expect.stringContaining("workers: it does not wait for the policy AmazonEKSWorkerNodePolicy of its role"),
  ]);
});

test("nodes come after the add-on that they need, and before those that need them", () => {
  expect(faults(addon("vpc-cni"), group("aws:eks/addon:Addon::vpc-cni"))).toEqual([]);
  expect(faults(addon("vpc-cni"), group())).toEqual([
    expect.stringContaining("nodes of workers do not wait for it"),
  ]);
  expect(faults(addon("coredns", workers), group())).toEqual([]);
  expect(faults(addon("coredns"), group())).toEqual([
    expect.stringContaining("it does not wait for any node"),
  ]);
  expect(faults(addon("kube-proxy"), group())).toEqual([]);
});
