import { z } from "zod";
import type { Plan } from "../../model/plan";
import { podsOfCustomResources } from "./custom-resources";
import { podsOfObjects } from "./objects";
import type { PodGroup } from "./pod-group";
import { podsOfReleases } from "./releases";

export type { PodGroup } from "./pod-group";

/** Priority classes that every API server has. */
const builtIn: ReadonlyMap<string, number> = new Map([
  ["system-cluster-critical", 2_000_000_000],
  ["system-node-critical", 2_000_001_000],
]);

/** All pods that a plan asks for: of Kubernetes' own workloads, of operators, and of charts. */
export function podsOf(plan: Plan): readonly PodGroup[] {
  const priorities = new Map([
    ...builtIn,
    ...plan
      .all(
        "kubernetes:scheduling.k8s.io/v1:PriorityClass",
        z.object({ metadata: z.object({ name: z.string() }), value: z.number() }),
      )
      .map(({ inputs }) => [inputs.metadata.name, inputs.value] as const),
  ]);
  return [
    ...podsOfObjects(plan, priorities),
    ...podsOfCustomResources(plan, priorities),
    ...podsOfReleases(plan, priorities),
  ];
}
