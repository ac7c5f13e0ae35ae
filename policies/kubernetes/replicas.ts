import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { all, at, equal, unknown, type Value } from "../value";
import { kindOf, Namespaces, nameOf, ofKind } from "./objects";

export type Count = number | typeof unknown;

/**
 * The fewest pods that a workload is scaled to: its autoscaler's minimum; without one, the workload's own
 * number.
 */
export function smallestReplicas(stack: Stack, workload: Resource): Count {
  const namespaces = Namespaces.in(stack);
  for (const autoscaler of ofKind(stack, "autoscaling/HorizontalPodAutoscaler")) {
    const targets = all([
      equal(
        at(autoscaler.properties, "spec", "scaleTargetRef", "kind"),
        kindOf(workload.type)?.split("/")[1],
      ),
      equal(at(autoscaler.properties, "spec", "scaleTargetRef", "name"), nameOf(workload)),
      namespaces.same(autoscaler, workload),
    ]);
    if (targets === "unknown") return unknown;
    if (targets === "yes") return count(at(autoscaler.properties, "spec", "minReplicas"));
  }
  for (const autoscaler of ofKind(stack, "keda.sh/ScaledObject")) {
    const spec = at(autoscaler.properties, "spec");
    const targets = all([
      equal(at(spec, "scaleTargetRef", "kind") ?? "Deployment", kindOf(workload.type)?.split("/")[1]),
      equal(at(spec, "scaleTargetRef", "name"), nameOf(workload)),
      namespaces.same(autoscaler, workload),
    ]);
    if (targets === "unknown") return unknown;
    // With nothing to do there may be no pod; the first to return is the only one.
    const least = at(spec, "minReplicaCount") ?? 1;
    if (targets === "yes") return typeof least === "number" ? Math.max(1, least) : count(least);
  }
  return count(at(workload.properties, "spec", "replicas"));
}

/** A number of pods; 1 when it is not set, as in Kubernetes. */
export function count(replicas: Value | undefined): Count {
  if (replicas === undefined) return 1;
  return typeof replicas === "number" ? replicas : unknown;
}
