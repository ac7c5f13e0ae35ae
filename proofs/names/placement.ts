import { clustersOf, type Pool } from "../../estimate/pools";
import { type Scheduling, schedulingOf, selects, tolerates } from "../../estimate/scheduling";
import { nameOf } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";

/** Labels that Kubernetes and the cloud set on nodes of every pool. */
export const ownLabel =
  /(^|\.)(kubernetes\.io|k8s\.io|eks\.amazonaws\.com|k8s\.aws|nvidia\.com|linode\.com)\//;

/**
 * Every pod can run on a pool of its cluster. Daemons run where their nodes are, if there are any; a
 * preferred label exists on pools of at least one stack.
 */
export const poolsAreThere: Check = ({ model, plan }) => {
  if (plan === undefined) {
    return nothing;
  }
  const clusters = clustersOf(plan).filter(({ pools }) => pools.length > 0);
  return sum(
    clusters.map(({ provider, pools }) =>
      each(
        model.workloads.filter(
          ({ cluster, kind }) => cluster === provider.replace(/-kubernetes$/, "") && kind !== "DaemonSet",
        ),
        (workload) =>
          pools.some((pool) => takes(pool, schedulingOf(workload.pod)))
            ? undefined
            : {
                object: nameOf(workload),
                rule: "no pool has the labels that its pods ask for and only taints that they tolerate: they wait for ever",
                source: "Kubernetes, assigning pods to nodes",
                fix: `ask for labels of one of ${pools.map(({ name }) => name).join(", ")}`,
              },
      ),
    ),
  );
};

/** Whether a pool has the labels that pods ask for, without those that clouds set, and only taints that they tolerate. */
export function takes({ labels, taints }: Pool, scheduling: Scheduling): boolean {
  const ofPools = {
    ...scheduling,
    nodeSelector: Object.fromEntries(
      Object.entries(scheduling.nodeSelector).filter(([key]) => !ownLabel.test(key)),
    ),
    required: scheduling.required.map(({ matchExpressions = [] }) => ({
      matchExpressions: matchExpressions.filter(({ key }) => !ownLabel.test(key)),
    })),
  };
  return selects(ofPools, labels) && tolerates(ofPools, taints);
}
