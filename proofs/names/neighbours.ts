import type { PodFacts } from "../../model/facts/pod";
import type { Model, Workload } from "../../model/model";
import { selectsLabels } from "../../primitives/labels";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { writtenWorkloads } from "../written";

type Neighbour = NonNullable<PodFacts["affinity"]>[number];

const source = "Kubernetes, assigning pods to nodes: inter-pod affinity and anti-affinity";

/** Pods that others are to be near, or far from, are there. */
export const neighboursAreThere: Check = ({ model }) =>
  each(
    writtenWorkloads(model).filter(({ pod }) => pod.affinity !== undefined || pod.antiAffinity !== undefined),
    (workload) => [
      ...(workload.pod.affinity ?? [])
        .filter((neighbour) => neighbour.required && !isThere(model, workload, neighbour))
        .map(
          (neighbour): Fault => ({
            object: nameOf(workload),
            rule: `its pods run only beside pods that no workload has (${inWords(neighbour)}): they wait for ever`,
            source,
            fix: "select by labels of the pods that it is to be near",
          }),
        ),
      ...(workload.pod.antiAffinity ?? [])
        .filter((neighbour) => !isThere(model, workload, neighbour))
        .map(
          (neighbour): Fault => ({
            object: nameOf(workload),
            rule: `its pods keep away from pods that no workload has (${inWords(neighbour)}): they may all share one place`,
            source,
            fix: "select by labels of the pods that it is to keep away from, its own for one pod a node",
          }),
        ),
    ],
  );

/** Whether some workload of the cluster has such pods: of terms it is not known which namespaces they are about. */
function isThere(model: Model, { cluster }: Workload, { labels, expressions }: Neighbour): boolean {
  const selector = { ...(labels && { matchLabels: labels }), matchExpressions: expressions };
  return model.workloads.some(
    (other) => other.cluster === cluster && selectsLabels(selector, other.pod.labels),
  );
}

function inWords({ labels, expressions = [] }: Neighbour): string {
  return [
    ...Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`),
    ...expressions.map(({ key, operator, values = [] }) => [key, operator, ...values].join(" ")),
  ].join(", ");
}
