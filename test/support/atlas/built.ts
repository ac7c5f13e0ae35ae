import { createSystems } from "../../../apps";
import { atlas } from "../../../apps/atlas/definition";
import type { Pool } from "../../../infra/cluster/cluster";
import type { RecordedObject } from "../recorded/objects";
import { record, type SiteChanges } from "../recorded/site";
import { placed } from "../systems";

export const systems = placed({ atlas: { cluster: "aws", gpuPool: "gpu" } });

export const compute: Pool = {
  name: "ai-compute",
  labels: { "workload-type": "cpu-intensive" },
  taints: [],
  allocatable: { cpuMillis: 15_890, memoryMib: 60_000 },
  spot: false,
  minimum: 3,
  maximum: 20,
  zones: ["a", "b", "c"],
};

export const cards: Pool = {
  ...compute,
  name: "gpu",
  labels: { accelerator: "nvidia-gpu", "ai-platform/pool": "gpu" },
  taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
  gpu: { model: "A10G", count: 1 },
};

export async function build(changes: SiteChanges = {}): Promise<readonly RecordedObject[]> {
  const { objects } = await record((site) => createSystems(site, [atlas], { operators: {} }), {
    systems,
    pools: [compute, cards],
    ...changes,
  });
  return objects;
}

export let objects: readonly RecordedObject[];

beforeAll(async () => {
  objects = await build();
});

export const container = "spec.template.spec.containers.0";
