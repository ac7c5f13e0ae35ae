import { nameOf } from "../proof";
import { type Check, each } from "../verdict";

/** Replicas are not all on one node. */
export const replicasAreSpread: Check = ({ model }) =>
  each(
    model.workloads.filter(
      ({ kind, replicas = 1 }) => (kind === "Deployment" || kind === "StatefulSet") && replicas > 1,
    ),
    (workload) => {
      const { spread = [], antiAffinity = [] } = workload.pod;
      return spread.length > 0 || antiAffinity.length > 0
        ? undefined
        : {
            object: nameOf(workload),
            rule: `nothing keeps its ${workload.replicas} pods from one node, which takes all of them along`,
            source: "Kubernetes, topology spread constraints",
            fix: "spread them over zones and nodes: spread() of infra/kit/values.ts",
          };
    },
  );
