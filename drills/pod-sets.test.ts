import { atOnce, minimaOf } from "./availability";
import type { Pod, Workload } from "./objects";
import { podSetsOf } from "./pod-sets";

const pod = (name: string, kind: string, more: Partial<Pod> = {}, controller = true): Pod => ({
  metadata: {
    name,
    namespace: "shop",
    labels: { cluster: "orders", instance: name },
    ownerReferences: [{ kind, name: "orders", uid: kind, controller }],
  },
  spec: {},
  status: { phase: "Running" },
  ...more,
});

const instances = ["orders-1", "orders-2", "orders-3"].map((name) => pod(name, "Cluster"));

test("pods that an operator keeps itself are one workload, by what their labels share", () => {
  expect(podSetsOf(instances)).toEqual([
    {
      kind: "Cluster",
      metadata: { name: "orders", namespace: "shop" },
      spec: { replicas: 3, selector: { matchLabels: { cluster: "orders" } } },
    },
  ]);
});

test("pods of Kubernetes' own workloads, of nobody, and those that have ended are none of them", () => {
  const others = ["ReplicaSet", "StatefulSet", "DaemonSet", "Job"].map((kind) => pod(kind, kind));
  const ended = pod("orders-0", "Cluster", { status: { phase: "Failed" } });
  expect(podSetsOf([...others, ended, pod("alone", "Cluster", {}, false)])).toEqual([]);
});

test("they keep one pod and their quorum; a budget of the one primary cannot survive its machine", async () => {
  const budget = (name: string, expectedPods: number, desiredHealthy: number) => ({
    metadata: { name, namespace: "shop" },
    spec: {},
    status: { currentHealthy: expectedPods, desiredHealthy, expectedPods },
  });
  const budgets = [budget("orders", 2, 1), budget("orders-primary", 1, 1)];
  const deployment: Workload = {
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop" },
    spec: { replicas: 3, selector: {}, template: {} },
  };
  const minima = await minimaOf({
    budgets: () => Promise.resolve(budgets),
    workloads: () => Promise.resolve([deployment]),
    podSets: podSetsOf(instances),
  });
  const text = (all: typeof minima) => all.map(({ of, count }) => `${of}: ${count}`);
  const common = ["Deployment shop/web: 1", "Cluster shop/orders: 1", "the quorum of Cluster shop/orders: 2"];
  expect(text(minima)).toEqual([
    "PodDisruptionBudget shop/orders: 1",
    "PodDisruptionBudget shop/orders-primary: 1",
    ...common,
  ]);
  expect(text(atOnce(minima))).toEqual(["PodDisruptionBudget shop/orders: 1", ...common]);
});
