import { clustersOf } from "../../estimate/pools";
import { clusterName } from "../../model/expand";
import { at, numberAt, numberOrTextAt, textAt } from "../../model/facts/read";
import type { Model, Workload } from "../../model/model";
import { podsOf } from "../hygiene/rollouts";
import type { Evidence } from "../proof";

/** How many pods a workload has at its most: with its autoscaler at the end, and those of a rollout beside them. */
export function countOf({ model, plan }: Evidence, workload: Workload): number {
  const { kind, replicas = 1, cluster, manifest } = workload;
  if (kind === "DaemonSet") {
    const pools =
      plan === undefined
        ? []
        : clustersOf(plan).find(({ provider }) => clusterName(provider) === cluster)?.pools;
    return (pools ?? []).reduce((total, { nodes }) => total + nodes.maximum, 0);
  }
  const most = Math.max(replicas, autoscaled(model, workload)?.maximum ?? 0);
  if (kind !== "Deployment" || most === 0) return most;
  const strategy = at(manifest, "spec", "strategy");
  if (textAt(strategy, "type") === "Recreate") return most;
  return most + podsOf(numberOrTextAt(strategy, "rollingUpdate", "maxSurge") ?? "25%", most, Math.ceil);
}

/** The bounds of a workload's autoscaler; undefined where it has none. */
export function autoscaled(
  model: Model,
  { cluster, namespace, kind, name }: Workload,
): { readonly minimum: number; readonly maximum: number } | undefined {
  const scaler = model.of("HorizontalPodAutoscaler").find((one) => {
    const target = at(one.manifest, "spec", "scaleTargetRef");
    const isTarget = textAt(target, "kind") === kind && textAt(target, "name") === name;
    return one.cluster === cluster && one.namespace === namespace && isTarget;
  });
  return (
    scaler && {
      minimum: numberAt(scaler.manifest, "spec", "minReplicas") ?? 1,
      maximum: numberAt(scaler.manifest, "spec", "maxReplicas") ?? 1,
    }
  );
}
