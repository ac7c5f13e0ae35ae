import type { types } from "@pulumi/kubernetes";
import { lifecycleLabel } from "../../infra/kit/spot";
import type { PodArgs } from "./pod-args";

type Constraint = types.input.core.v1.TopologySpreadConstraint;

const zoneLabel = "topology.kubernetes.io/zone";
const hostLabel = "kubernetes.io/hostname";

/**
 * Over what a workload's pods are spread. Among several zones they must be, and stateless AI compute between spot nodes and
 * others: what is lost at once is then never all of it. Over hosts they are as evenly as there is room. A rollout's new pods
 * are spread among themselves. (R3, C4, 001)
 */
export function spreadConstraints(
  { spot }: Pick<PodArgs, "spot">,
  selector: Readonly<Record<string, string>>,
  zones: readonly string[],
): Constraint[] {
  const labelSelector = { matchLabels: { ...selector } };
  const even = (topologyKey: string): Constraint => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector,
  });
  const strictly = (topologyKey: string): Constraint => ({
    ...even(topologyKey),
    whenUnsatisfiable: "DoNotSchedule",
    matchLabelKeys: ["pod-template-hash"],
  });
  return [
    // A zone counts only while it has usable nodes: pods do not wait for others.
    zones.length > 1 ? { ...strictly(zoneLabel), nodeTaintsPolicy: "Honor" } : even(zoneLabel),
    even(hostLabel),
    ...(spot === "compute" ? [strictly(lifecycleLabel)] : []),
  ];
}
