import { operators } from "../operators";

/**
 * Kinds, as `group/Kind`, whose specifications the lock keeps: those that an operator of the model makes objects of, and those
 * that say which pods may be reached, and how many there are. After a change here the lock has to be refreshed.
 */
export const keptKinds: ReadonlySet<string> = new Set([
  ...operators.keys(),
  "autoscaling/HorizontalPodAutoscaler",
  "autoscaling.k8s.io/VerticalPodAutoscaler",
  "networking.k8s.io/NetworkPolicy",
]);
