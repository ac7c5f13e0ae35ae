import { operators } from "../operators";

/**
 * Kinds, as `group/Kind`, whose specifications the lock keeps: those that an operator of the model acts on,
 * and those about which pods may be reached and how many there are. Refresh the lock after a change here.
 */
export const keptKinds: ReadonlySet<string> = new Set([
  ...operators.keys(),
  "autoscaling/HorizontalPodAutoscaler",
  "autoscaling.k8s.io/VerticalPodAutoscaler",
  "networking.k8s.io/NetworkPolicy",
]);
