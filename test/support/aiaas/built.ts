import { createSystems } from "../../../apps";
import { aiaas } from "../../../apps/aiaas/definition";
import type { Pool } from "../../../infra/cluster/cluster";
import { clouds } from "../recorded/objects";
import { named, record, type SiteChanges } from "../recorded/site";
import { placed } from "../systems";

export const systems = (section: object) => placed({ aiaas: { cluster: "aws", ...section } });

export const owner = systems({ gpuPool: "gpu", sharedWith: ["development", "staging"] });

/** g6-standard-8 and g3-gpu-rtxpro6000-blackwell-1. */
export const baseline: Pool = {
  name: "baseline",
  labels: { "ai-platform/pool": "baseline" },
  taints: [],
  allocatable: { cpuMillis: 7910, memoryMib: 13_000 },
  spot: false,
  minimum: 3,
  maximum: 10,
  zones: ["fr-par"],
};

export const cards: Pool = {
  ...baseline,
  name: "gpu",
  labels: { "ai-platform/pool": "gpu", accelerator: "nvidia-gpu" },
  taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
  allocatable: { cpuMillis: 15_830, memoryMib: 160_000 },
  gpu: { model: "RTX PRO 6000 Blackwell", count: 1 },
};

export async function build(changes: SiteChanges = {}) {
  const recorded = await record((site) => createSystems(site, [aiaas], { operators: {} }), {
    cloud: clouds.lke,
    systems: owner,
    pools: [baseline, cards],
    ...changes,
  });
  const found = (kind: string, name: string, path?: string) => named(recorded.objects, kind, name, path);
  const called = (name: string) =>
    recorded.site.network.edges
      .filter(({ from }) => from.kind === "pods" && from.name === name)
      .map(({ to, ports }) => (to.kind === "pods" ? `${to.namespace}/${to.name}: ${ports}` : to.kind))
      .sort();
  return { ...recorded, found, called };
}

export let production: Awaited<ReturnType<typeof build>>;

beforeAll(async () => {
  production = await build();
});

export const container = "spec.template.spec.containers.0";
