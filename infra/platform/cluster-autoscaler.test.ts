import { recordService } from "../../test/support/recorded/service";
import type { AwsSurroundings, Pool } from "../cluster/cluster";
import { ClusterAutoscaler } from "./cluster-autoscaler";

const aws: AwsSurroundings = {
  clusterName: "atlas-prod",
  kubernetesVersion: "1.34",
  region: "us-east-1",
  vpcId: "vpc-1",
};

const pool = (name: string, spot: boolean): Pool => ({
  name,
  labels: {},
  taints: [],
  spot,
  minimum: 1,
  maximum: 3,
  zones: [],
});

async function autoscaler(pools: readonly Pool[]) {
  const recorded = await recordService(
    (site) => {
      new ClusterAutoscaler("autoscaler", { site, aws });
    },
    { pools },
  );
  return { ...recorded, values: recorded.release("cluster-autoscaler").values };
}

test("it finds the cluster's own groups, and waits ten minutes before it takes a node (C10, 001)", async () => {
  const { values } = await autoscaler([]);
  expect(values).toMatchObject({
    autoDiscovery: { clusterName: "atlas-prod" },
    awsRegion: "us-east-1",
    extraArgs: {
      "scale-down-unneeded-time": "10m",
      "scale-down-delay-after-add": "10m",
      "balance-similar-node-groups": true,
    },
  });
});

test("it is of the cluster's minor version", async () => {
  const { values } = await autoscaler([]);
  expect(values.image.tag).toMatch(/^v1\.34\./);
});

test("spot groups grow first, by the names that EKS gives them (C4)", async () => {
  const { values } = await autoscaler([pool("general", false), pool("ai-compute-spot", true)]);
  expect(values.extraArgs.expander).toBe("priority,least-waste");
  const priorityOf = (group: string) =>
    Math.max(
      ...Object.entries<readonly string[]>(values.expanderPriorities)
        .filter(([, patterns]) => patterns.some((pattern) => new RegExp(pattern).test(group)))
        .map(([priority]) => Number(priority)),
    );
  expect(priorityOf("eks-ai-compute-spot-1a2b3c-56c0ff3e")).toBeGreaterThan(
    priorityOf("eks-general-4d5e6f-12c0ff3e"),
  );
});

test("without spot pools no priorities are asked for that nobody gave", async () => {
  const { values } = await autoscaler([pool("general", false)]);
  expect(values.extraArgs.expander).toBe("least-waste");
  expect(values).not.toHaveProperty("expanderPriorities");
});

test("its pods go by the service account that has a role on AWS (C6)", async () => {
  const { values, release } = await autoscaler([]);
  expect(release("cluster-autoscaler").namespace).toBe("platform-system");
  expect(values.rbac.serviceAccount).toEqual({ create: true, name: "cluster-autoscaler" });
});
