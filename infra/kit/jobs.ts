/**
 * Marks the pods of a job: the autoscaler does not take their node away while they run, since what they have done so far would
 * be lost with them.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md
 */
export const runsToItsEnd = { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" } as const;

/**
 * How often a job is tried. A pod that its node took along (drained, reclaimed by the cloud, preempted) did not fail: it is made
 * again without counting. Kubernetes takes such a policy only where pods are never restarted in place.
 *
 * @param retries attempts after the first that failed by themselves
 */
export function tried(retries: number) {
  return {
    backoffLimit: retries,
    podFailurePolicy: {
      rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }],
    },
  };
}
