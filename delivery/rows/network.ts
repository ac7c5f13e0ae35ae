import type { LiveCluster } from "../cluster/live-cluster";
import { type Finding, type Row, verdictOf } from "../row";
import { describe, nameOf } from "./findings";

/** Which calls are allowed, and what pods may do. (001, 002, A9, B3) */
export const networkRows: readonly Row<LiveCluster>[] = [
  {
    id: "default-deny",
    title: "Every namespace denies what no policy allows",
    seed: "001 Network Security; 002 Network Policies",
    check: ({ state }) =>
      verdictOf(
        state.namespaces.flatMap(({ metadata: { name } }): readonly Finding[] => {
          const denying = state.all("NetworkPolicy", name).filter(({ spec }) => {
            const everyPod =
              Object.keys(spec.podSelector.matchLabels).length === 0 &&
              spec.podSelector.matchExpressions.length === 0;
            return everyPod && spec.ingress.length === 0 && spec.egress.length === 0;
          });
          const open = ["Ingress", "Egress"].filter(
            (direction) => !denying.some(({ spec }) => spec.policyTypes.includes(direction)),
          );
          return open.length === 0
            ? []
            : [
                {
                  about: nameOf("Namespace", "", name),
                  expected: "a NetworkPolicy that selects every pod and allows nothing",
                  found: `none for ${open.join(" and ")}: pods without a policy of their own are open`,
                  look: `kubectl get networkpolicy --namespace ${name}`,
                },
              ];
        }),
      ),
  },
  {
    id: "pod-security",
    title: "Every namespace holds its pods to a security standard",
    seed: "001 Container Security; 002 Pod Security",
    check: ({ state }) =>
      verdictOf(
        state.namespaces
          .filter(({ metadata }) => metadata.labels["pod-security.kubernetes.io/enforce"] === undefined)
          .map(({ metadata: { name } }) => ({
            about: nameOf("Namespace", "", name),
            expected: "the label pod-security.kubernetes.io/enforce",
            found: "none",
            look: describe("Namespace", "", name),
          })),
      ),
  },
];
