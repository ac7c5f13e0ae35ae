import { startsWithin } from "../../infra/kit/starts-within";
import { podSpecOf } from "../../model/facts/of-workload";
import { at, listAt, numberAt, textAt } from "../../model/facts/read";
import type { Workload } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { writtenWorkloads } from "../written";

/** Seconds that a container has to start, by its startup probe; undefined where nothing limits it. */
export function budgetOf(container: unknown): number | undefined {
  const probe = at(container, "startupProbe");
  return probe === undefined
    ? undefined
    : (numberAt(probe, "initialDelaySeconds") ?? 0) +
        (numberAt(probe, "periodSeconds") ?? 10) * (numberAt(probe, "failureThreshold") ?? 3);
}

/** Software that says how long it takes to start is not restarted before. */
export const startsAreAwaited: Check = ({ model }) =>
  each(
    writtenWorkloads(model).filter(({ manifest }) => secondsOf(manifest) !== undefined),
    (workload) => {
      const wanted = secondsOf(workload.manifest) ?? 0;
      return listAt(podSpecOf(workload.manifest), "containers").flatMap((container) => {
        const given = budgetOf(container) ?? livenessOf(container);
        return given >= wanted ? [] : [fault(workload, container, given, wanted)];
      });
    },
  );

function fault(workload: Workload, container: unknown, given: number, wanted: number) {
  return {
    object: nameOf(workload),
    rule: `its container ${textAt(container, "name")} is restarted when it has not started after ${given} s, and it may take ${wanted} s: it never does`,
    source: "Kubernetes, startup probes: failureThreshold × periodSeconds has to cover the slowest start",
    fix: "raise the failureThreshold of the startup probe",
  };
}

/** Seconds that a pod's template says it takes to start: `1800s`. */
function secondsOf(manifest: unknown): number | undefined {
  const text = textAt(manifest, "spec", "template", "metadata", "annotations", startsWithin);
  return text === undefined ? undefined : Number.parseInt(text, 10);
}

/** Without a startup probe the liveness probe decides; without either nothing restarts it. */
function livenessOf(container: unknown): number {
  const probe = at(container, "livenessProbe");
  return probe === undefined
    ? Number.POSITIVE_INFINITY
    : (numberAt(probe, "initialDelaySeconds") ?? 0) +
        (numberAt(probe, "periodSeconds") ?? 10) * (numberAt(probe, "failureThreshold") ?? 3);
}
