import { type Rules, selectIn } from "./rule";

/** MongoDB's members, as the others see them. (O2, P12) */
export const mongodbRules: Rules = (scope) => {
  const series = `mongodb_members_health{namespace="${scope.namespace}",member_idx="db-1"}`;
  return {
    name: "mongodb",
    alerts: [
      {
        alert: "MongodbMemberDown",
        expr: `min by (namespace, member_idx) (${selectIn(scope)("mongodb_members_health")}) == 0`,
        for: "5m",
        severity: "critical",
        summary: "{{ $labels.member_idx }} of MongoDB in {{ $labels.namespace }} is not reached",
        description: "Without a second one there is no majority, and nothing can be written.",
        dashboard: "data-stores",
        fires: { series: { [series]: "0x20" }, at: "10m" },
        quiet: { series: { [series]: "1x20" }, at: "10m" },
      },
    ],
  };
};
