import { at, listAt, numberAt, textAt } from "../../model/facts/read";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";

const source =
  "Kubernetes, liveness probes: one endpoint may serve both checks where the liveness check has the higher failureThreshold";

/** A container is taken out of service long before it is restarted, and not because of other services. */
export const probesDiffer: Check = ({ model }) =>
  each(
    model.workloads.filter(({ manifest }) => manifest !== undefined),
    (workload) => {
      const containers = listAt(workload.manifest, "spec", "template", "spec", "containers");
      return containers.flatMap((container) => {
        const [liveness, readiness] = [at(container, "livenessProbe"), at(container, "readinessProbe")];
        const path = textAt(liveness, "httpGet", "path") ?? "";
        if (ofReadiness.test(path)) {
          return [
            {
              object: nameOf(workload),
              rule: `liveness asks ${path}, which says whether others can be reached too: it is restarted for their faults`,
              source: "Kubernetes, liveness probes: a container is restarted for what a restart mends",
              fix: "ask liveness something that depends on the container alone",
            },
          ];
        }
        if (liveness === undefined || readiness === undefined || !isSame(liveness, readiness)) {
          return [];
        }
        const [restarted, taken] = [secondsOf(liveness), secondsOf(readiness)];
        return restarted >= 2 * taken
          ? []
          : [
              {
                object: nameOf(workload),
                rule: `liveness asks the same as readiness: it is restarted after ${restarted} s, and gets no requests after ${taken} s`,
                source,
                fix: "ask liveness something that depends on the container alone, or let it fail at least twice as long",
              },
            ];
      });
    },
  );

/** What software calls the question whether it can serve. */
const ofReadiness = /ready|readiness/i;

const handlers = ["httpGet", "tcpSocket", "exec", "grpc"] as const;

function isSame(one: unknown, other: unknown): boolean {
  return handlers.every((handler) => JSON.stringify(at(one, handler)) === JSON.stringify(at(other, handler)));
}

/** Seconds from the first failed attempt until the probe fails. */
function secondsOf(probe: unknown): number {
  return (numberAt(probe, "periodSeconds") ?? 10) * (numberAt(probe, "failureThreshold") ?? 3);
}
