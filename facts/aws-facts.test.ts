import { eksAddons, eksVersions } from "./aws-eks";
import { awsInstanceTypes, findAwsInstanceType } from "./aws-instance-types";
import { maxPods, nodeResources } from "./aws-node-resources";

/** Allocatable resources as Karpenter's documentation lists them, which are computed apart from this program. */
const published = [
  ["t3.xlarge", "3920m", "14162Mi", 58],
  ["t2.xlarge", "3920m", "14316Mi", 44],
  ["t3.large", "1930m", "6837Mi", 35],
  ["m7i.2xlarge", "7910m", "29317Mi", 58],
  ["r7i.2xlarge", "7910m", "59627Mi", 58],
  ["g4dn.2xlarge", "7910m", "29636Mi", 29],
  ["g4dn.12xlarge", "47810m", "178933Mi", 234],
] as const;

test.each(published)("%s offers pods what EKS's own formula leaves", (name, cpu, memory, pods) => {
  const { allocatable } = nodeResources(awsInstanceTypes[name], 100);
  expect(allocatable).toMatchObject({ cpu, memory, pods: String(pods) });
});

test("managed node groups stop at 110 pods below 30 vCPUs and at 250 above", () => {
  expect(maxPods(awsInstanceTypes["g5.4xlarge"])).toBe(110);
  expect(maxPods(awsInstanceTypes["g5.12xlarge"])).toBe(250);
});

test("a node has its cards, its disk less the eviction share, and no cards where the type has none", () => {
  expect(nodeResources(awsInstanceTypes["g5.12xlarge"], 100).allocatable).toMatchObject({
    "nvidia.com/gpu": "4",
    "ephemeral-storage": "89Gi",
  });
  expect(nodeResources(awsInstanceTypes["m7i.large"], 50).capacity).toEqual({
    cpu: "2",
    memory: "7577Mi",
    "ephemeral-storage": "50Gi",
    pods: "29",
  });
});

test("an unknown instance type is not found, whatever objects inherit", () => {
  expect(findAwsInstanceType("g5.4xlarge")?.gpu).toEqual({ model: "A10G", count: 1 });
  expect(findAwsInstanceType("m9z.huge")).toBeUndefined();
  expect(findAwsInstanceType("toString")).toBeUndefined();
});

test("kube-proxy is pinned to the minor version of its Kubernetes", () => {
  for (const [version, addons] of Object.entries(eksAddons)) {
    expect(addons["kube-proxy"]).toMatch(new RegExp(`^v${version.replace(".", "\\.")}\\.`));
  }
});

test("support ends in the order of versions, standard before extended", () => {
  const days = Object.values(eksVersions);
  expect(days.map((day) => day.standardSupportEnds)).toEqual(
    days.map((day) => day.standardSupportEnds).toSorted(),
  );
  for (const { standardSupportEnds, extendedSupportEnds } of days) {
    expect(standardSupportEnds < extendedSupportEnds).toBe(true);
  }
});
