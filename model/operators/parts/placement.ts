import { z } from "zod";
import { placementOf } from "../../facts/of-placement";
import type { PodFacts } from "../../facts/pod";
import { mapAt } from "../../facts/read";

/** Fields that decide on a pod's node, where a custom resource has them like a pod. */
export const placement = z.object({
  affinity: z.unknown().optional(),
  nodeSelector: z.unknown().optional(),
  tolerations: z.unknown().optional(),
  topologySpreadConstraints: z.unknown().optional(),
  priorityClassName: z.string().optional(),
});

export type Placement = z.infer<typeof placement>;

export function placed(spec: Placement): Partial<PodFacts> {
  return {
    priorityClass: spec.priorityClassName,
    nodeSelector: mapAt(spec, "nodeSelector"),
    ...placementOf(spec),
  };
}
