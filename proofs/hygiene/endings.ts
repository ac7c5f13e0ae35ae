import { podSpecOf } from "../../model/facts/of-workload";
import { at, listAt, numberAt, textsAt } from "../../model/facts/read";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";

/** Kubernetes' own, where a pod says nothing. */
const usualGrace = 30;

/** A pod has time left for its work after the pause in which load balancers forget it. */
export const pausesLeaveTime: Check = ({ model }) =>
  each(
    model.workloads.filter(({ manifest }) => manifest !== undefined),
    (workload) => {
      const spec = podSpecOf(workload.manifest);
      const grace = numberAt(spec, "terminationGracePeriodSeconds") ?? usualGrace;
      const pauses = listAt(spec, "containers").flatMap(
        (container) => pauseOf(at(container, "lifecycle", "preStop")) ?? [],
      );
      const longest = Math.max(0, ...pauses);
      return longest === 0 || longest < grace
        ? undefined
        : {
            object: nameOf(workload),
            rule: `it pauses for ${longest} s before it is told to end, and is killed after ${grace} s: requests that are under way are cut off`,
            source: "Kubernetes, pod lifecycle: the grace period counts from before the hook preStop",
            fix: "raise terminationGracePeriodSeconds well over the pause",
          };
    },
  );

/** Seconds of the pause itself: of the hook's own kind, or of a command `sleep`. */
function pauseOf(hook: unknown): number | undefined {
  const words = textsAt(hook, "exec", "command").join(" ");
  const [, seconds] = /\bsleep (\d+)\b/.exec(words) ?? [];
  return numberAt(hook, "sleep", "seconds") ?? (seconds === undefined ? undefined : Number(seconds));
}
