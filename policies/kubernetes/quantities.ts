import { quantityOf } from "../quantity";
import { at, unknown, type Value } from "../value";
import { containersOf, type PodTemplate } from "./pod-template";

/** A Kubernetes quantity such as `250m` or `2Gi` as a number; undefined for what is none. */
export function quantity(value: Value | undefined): number | undefined {
  return quantityOf(String(value ?? ""));
}

/** What the scheduler reserves for a pod: CPUs, GiB and GPUs, or `unknown`. */
export interface Requests {
  readonly cpu: number | typeof unknown;
  readonly memory: number | typeof unknown;
  readonly gpus: number | typeof unknown;
}

export const gpuResource = "nvidia.com/gpu";

/**
 * What a pod requests while it runs. Init containers' requests are not added, since they are released before.
 */
export function requestsOf(template: PodTemplate): Requests {
  const memory = total(template, "memory");
  return {
    cpu: total(template, "cpu"),
    memory: memory === unknown ? unknown : memory / 2 ** 30,
    gpus: total(template, gpuResource),
  };
}

function total(template: PodTemplate, resource: string): number | typeof unknown {
  let sum = 0;
  const containers = at(template.spec, "containers");
  if (template.spec === unknown || containers === unknown) return unknown;
  for (const { role, value } of containersOf(template)) {
    if (role !== "container" && role !== "sidecar") continue;
    const asked = at(value, "resources", "requests", resource) ?? at(value, "resources", "limits", resource);
    if (value === unknown || asked === unknown) return unknown;
    sum += quantity(asked) ?? 0;
  }
  return sum;
}
