import type { Pool } from "../../infra/cluster/cluster";
import { generalPool, only, record } from "../../test/support/recorded/site";
import { Batch, type BatchArgs } from "./batch";
import type { SpotUse } from "./pod-args";
import { Service } from "./service";

const general: Pool = { ...generalPool, labels: { lifecycle: "on-demand" } };
const spot: Pool = {
  ...general,
  name: "ai-compute-spot",
  labels: { lifecycle: "spot", "workload-type": "cpu-intensive" },
  taints: [{ key: "spot-instance", value: "true", effect: "NoSchedule" }],
  spot: true,
};
const spotWorkers: Pool = {
  ...spot,
  name: "ai-spot-workers",
  labels: { lifecycle: "spot", "workload-type": "ai-batch" },
};
const gpu: Pool = {
  ...general,
  name: "gpu",
  labels: { accelerator: "nvidia-gpu" },
  taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
  gpu: { model: "A10G", count: 1 },
};
const pools = [general, spot, spotWorkers, gpu];

const workload = {
  namespace: "apps",
  workload: "engine",
  image: "registry.example.com/engine:v1",
  resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
};
const toleration = { key: "spot-instance", value: "true", operator: "Equal", effect: "NoSchedule" };

async function service(use: SpotUse | undefined, where: readonly Pool[] = pools) {
  const { objects } = await record(
    (site) =>
      new Service("engine", {
        ...workload,
        site,
        priority: "serving",
        replicas: 3,
        preferNodes: { "workload-type": "cpu-intensive" },
        spot: use,
      }),
    { pools: where },
  );
  return only(objects, "Deployment", "spec.template.spec");
}

async function batch(changes: Partial<BatchArgs>, where: readonly Pool[] = pools) {
  const { objects } = await record((site) => new Batch("engine", { ...workload, ...changes, site }), {
    pools: where,
  });
  return only(objects, "Job", "spec.template.spec");
}

test("what does not say that it may be on spot nodes tolerates none of their taints (C4)", async () => {
  expect(await service(undefined)).not.toHaveProperty("tolerations");
});

test("stateless AI compute is on both kinds of nodes, on demand first, and never among batch (001, C4)", async () => {
  expect(await service("compute")).toMatchObject({
    tolerations: [toleration],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: "workload-type", operator: "NotIn", values: ["ai-batch"] }] },
          ],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            preference: {
              matchExpressions: [{ key: "workload-type", operator: "In", values: ["cpu-intensive"] }],
            },
          },
          {
            preference: { matchExpressions: [{ key: "lifecycle", operator: "In", values: ["on-demand"] }] },
          },
        ],
      },
    },
    topologySpreadConstraints: expect.arrayContaining([
      expect.objectContaining({
        topologyKey: "lifecycle",
        maxSkew: 1,
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: { matchLabels: { app: "engine" } },
      }),
    ]),
  });
});

test("stateless AI compute alone tolerates the taint that keeps nodes for it, and no other taint of their pools", async () => {
  const kept = { key: "workload-type", value: "cpu-intensive", effect: "PreferNoSchedule" } as const;
  const other = { key: "maintenance", value: "true", effect: "NoSchedule" } as const;
  const where = [general, { ...spot, taints: [...spot.taints, kept, other] }, spotWorkers];
  expect(await service("compute", where)).toMatchObject({
    tolerations: [toleration, { ...kept, operator: "Equal" }],
  });
  expect(await service(undefined, where)).not.toHaveProperty("tolerations");
  expect(await batch({}, where)).toMatchObject({ tolerations: [toleration] });
});

test.each([
  ["there are no spot nodes", [general]],
  ["those that there are belong to batch", [general, spotWorkers]],
])("stateless AI compute is like anything else where %s", async (_, where) => {
  expect(await service("compute", where)).toEqual(await service(undefined, where));
});

test("batch runs on 000's spot workers and nowhere else (C4, N2)", async () => {
  expect(await batch({})).toMatchObject({
    tolerations: [toleration],
    nodeSelector: { "workload-type": "ai-batch" },
  });
});

test("batch that a deployment waits for does not wait for spot nodes (N2)", async () => {
  const spec = await batch({ urgent: true });
  expect(spec).not.toHaveProperty("nodeSelector");
  expect(spec).not.toHaveProperty("tolerations");
});

test("batch that needs cards stays off spot nodes", async () => {
  const spec = await batch({ gpus: 1, nodeSelector: { accelerator: "nvidia-gpu" } });
  expect(spec).toMatchObject({ tolerations: [{ key: "nvidia.com/gpu" }] });
  expect(spec).toHaveProperty("nodeSelector", { accelerator: "nvidia-gpu" });
});

test("batch runs anywhere in a cluster without spot workers", async () => {
  const spec = await batch({}, [general, spot]);
  expect(spec).not.toHaveProperty("nodeSelector");
  expect(spec).not.toHaveProperty("tolerations");
});
