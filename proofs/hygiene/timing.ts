import { podSpecOf } from "../../model/facts/of-workload";
import { at, listAt, numberAt, textAt } from "../../model/facts/read";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { writtenWorkloads } from "../written";

const source = "Kubernetes, probes: periodSeconds, timeoutSeconds, successThreshold";

const probes = ["startupProbe", "livenessProbe", "readinessProbe"] as const;

/** Checks of a container do not overlap, and say what the API server takes. */
export const probesTakeTurns: Check = ({ model }) =>
  each(writtenWorkloads(model), (workload) => {
    const spec = podSpecOf(workload.manifest);
    const containers = [...listAt(spec, "initContainers"), ...listAt(spec, "containers")];
    return containers.flatMap((container) =>
      probes.flatMap((name) => {
        const found = faultOf(name, at(container, name));
        return found === undefined
          ? []
          : [
              {
                object: nameOf(workload),
                rule: `the ${name} of its container ${textAt(container, "name")} ${found}`,
                source,
                fix: "let an answer take less time than there is between two questions",
              },
            ];
      }),
    );
  });

function faultOf(name: (typeof probes)[number], probe: unknown): string | undefined {
  if (probe === undefined) return undefined;
  const period = numberAt(probe, "periodSeconds") ?? 10;
  const timeout = numberAt(probe, "timeoutSeconds") ?? 1;
  const successes = numberAt(probe, "successThreshold") ?? 1;
  if (timeout > period) return `waits ${timeout} s for an answer and asks every ${period} s`;
  if (name !== "readinessProbe" && successes !== 1) {
    return `wants ${successes} successes, and the API server takes 1 there`;
  }
  return undefined;
}
