import { startsWithin } from "../../infra/kit/starts-within";
import { type Probes, patient } from "./probes";

/** Seconds. Kubernetes' own deadline, and what a node may take to pull a large image before a pod can start. */
const [usualDeadline, pulling] = [600, 600];

/** A rollout has not failed while a pod may still be starting. */
export function progressDeadline(probes: Probes | undefined): { readonly progressDeadlineSeconds?: number } {
  if (probes === undefined) return {};
  const {
    initialDelaySeconds = 0,
    periodSeconds = 10,
    failureThreshold = 3,
  } = probes.startup ?? patient(probes.liveness);
  const starting = initialDelaySeconds + periodSeconds * failureThreshold;
  return starting < usualDeadline ? {} : { progressDeadlineSeconds: starting + pulling };
}

/** What says how long pods may take to start. */
interface Starting {
  readonly startsWithinSeconds?: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The arguments of a workload whose pods state how long they may take to start, where that is known. */
export function stating<Args extends Starting>(args: Args): Args {
  const { startsWithinSeconds, annotations } = args;
  return startsWithinSeconds === undefined
    ? args
    : { ...args, annotations: { ...annotations, [startsWithin]: `${startsWithinSeconds}s` } };
}
