import { type Rules, selectIn } from "./rule";

/** Qdrant's consensus, which says where which vectors are. (O2, P13) */
export const qdrantRules: Rules = (scope) => {
  const series = `cluster_pending_operations_total{namespace="${scope.namespace}",pod="qdrant-0"}`;
  return {
    name: "qdrant",
    alerts: [
      {
        alert: "QdrantConsensusStuck",
        expr: `max by (namespace, pod) (${selectIn(scope)("cluster_pending_operations_total")}) > 0`,
        for: "15m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.pod }} does not agree with its peers",
        description: "{{ $value }} operations wait: collections can be neither made nor moved.",
        dashboard: "data-stores",
        fires: { series: { [series]: "4x30" }, at: "20m" },
        quiet: { series: { [series]: "4x5 0x25" }, at: "20m" },
      },
    ],
  };
};
