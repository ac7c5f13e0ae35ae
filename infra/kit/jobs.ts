/**
 * Marks the pods of a job, so that the autoscaler does not remove their node while they run: the work that they have done so far
 * would be lost.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md
 */
export const runsToItsEnd = { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" } as const;

/**
 * How often a job is tried. A pod that is lost with its node (drained, reclaimed by the cloud, preempted) did not fail: it is
 * created again and not counted. Kubernetes accepts such a policy only for pods that are never restarted in place.
 *
 * @param retries attempts after the first that may fail for reasons of their own
 */
export function tried(retries: number) {
  return {
    backoffLimit: retries,
    podFailurePolicy: {
      rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }],
    },
  };
}
