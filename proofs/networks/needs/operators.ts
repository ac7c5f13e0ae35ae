import type { Workload } from "../../../model/model";
import { selectsLabels } from "../../../primitives/labels";
import { type Call, podEnd } from "../call";
import { type Context, callsToService, type Need } from "../context";
import { softwareCalls } from "./software";
import type { SoftwareCall } from "./software-call";

/**
 * Software calls what belongs to it: operators their clusters, members each other, poolers their databases.
 */
export const callsOfSoftware: Need = (context) => softwareCalls.flatMap((one) => ofSoftware(context, one));

function ofSoftware(context: Context, call: SoftwareCall): readonly Call[] {
  const { workloads } = context;
  const callers = workloads.filter(({ pod }) => selectsLabels({ matchLabels: call.from }, pod.labels));
  const called = workloads.filter(({ pod }) => selectsLabels({ matchLabels: call.to.labels }, pod.labels));
  return callers.flatMap((from) =>
    called
      .filter((to) => belongTogether(call, from, to))
      .flatMap((to) => callsBetween(context, call, from, to)),
  );
}

function belongTogether({ beside, to: { same } }: SoftwareCall, from: Workload, to: Workload): boolean {
  return (
    from.cluster === to.cluster &&
    (beside !== true || from.namespace === to.namespace) &&
    (same === undefined || from.pod.labels?.[same] === to.pod.labels?.[same])
  );
}

function callsBetween(context: Context, call: SoftwareCall, from: Workload, to: Workload): readonly Call[] {
  const { why, source, ports, service: pattern, servicePort } = call;
  return ports.flatMap((one): readonly Call[] => {
    const { port, protocol } = typeof one === "number" ? ({ port: one, protocol: "TCP" } as const) : one;
    const { cluster, namespace } = to;
    const name = pattern?.replace(/\{(.+?)\}/g, (_, label: string) => to.pod.labels?.[label] ?? "");
    const service = name && context.model.find({ cluster, kind: "Service", namespace, name });
    if (service) {
      return callsToService(context, podEnd(from), service, servicePort ?? port, { why, source }).filter(
        (found) => found.to.kind === "pods" && found.to.workload === to,
      );
    }
    return [{ cluster, from: podEnd(from), to: podEnd(to), port, protocol, why, source }];
  });
}
