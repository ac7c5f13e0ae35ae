import { evidenceOf, faultsOf, type Piece } from "../../test/support/proofs/evidence";
import { rolesAreTrusted } from "./trust";

const faults = (...pieces: readonly Piece[]) => faultsOf(rolesAreTrusted, evidenceOf(...pieces));

function role(name: string, principal: unknown, actions: unknown): Piece {
  const assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: actions }],
  });
  return { type: "aws:iam/role:Role", name, inputs: { assumeRolePolicy } };
}

function association(name: string, of: string, serviceAccount = "loki"): Piece {
  return {
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    name,
    inputs: {
      clusterName: "prod",
      namespace: "logging",
      serviceAccount,
      roleArn: `arn:aws:iam/role:Role:${of}`,
    },
  };
}

const pods = { Service: "pods.eks.amazonaws.com" };
const both = ["sts:AssumeRole", "sts:TagSession"];

test.each<readonly [string, unknown, unknown, readonly string[]]>([
  ["pods", pods, both, []],
  ["pods that may not tag", pods, ["sts:AssumeRole"], ["its trust policy lacks sts:TagSession"]],
  ["any account", { AWS: "*" }, both, ["anyone may assume it"]],
  ["anyone", "*", both, ["anyone may assume it"]],
])("a role for %s", (_, principal, actions, expected) => {
  expect(faults(role("loki", principal, actions), association("one", "loki"))).toEqual(
    expected.map((rule) => expect.stringContaining(`loki: ${rule}`)),
  );
});

test("an account has one association", () => {
  const roles = [role("loki", pods, both), role("tempo", pods, both)];
  expect(faults(...roles, association("one", "loki"), association("other", "tempo", "tempo"))).toEqual([]);
  expect(faults(...roles, association("one", "loki"), association("other", "tempo"))).toEqual([
    expect.stringContaining("one: logging/loki has another association, other"),
    expect.stringContaining("other: logging/loki has another association, one"),
  ]);
});

test("nodes join and pull", () => {
  const nodes = role("nodes", { Service: "ec2.amazonaws.com" }, "sts:AssumeRole");
  const group: Piece = {
    type: "aws:eks/nodeGroup:NodeGroup",
    name: "general",
    inputs: { nodeRoleArn: "arn:aws:iam/role:Role:nodes" },
  };
  const attached = (policy: string): Piece => ({
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: policy,
    inputs: { role: "nodes", policyArn: `arn:aws:iam::aws:policy/${policy}` },
  });
  const [join, pull] = [
    attached("AmazonEKSWorkerNodePolicy"),
    attached("AmazonEC2ContainerRegistryPullOnly"),
  ];
  expect(faults(nodes, group, join, pull)).toEqual([]);
  expect(faults(nodes, group, join)).toEqual([expect.stringContaining("AmazonEC2ContainerRegistry")]);
  expect(faults(nodes, group, pull)).toEqual([expect.stringContaining("AmazonEKSWorkerNode")]);
});
