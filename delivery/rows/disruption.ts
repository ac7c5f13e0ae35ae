import type { ClusterState } from "../cluster/cluster-state";
import { selects } from "../cluster/cluster-state";
import type { ObjectOf, Workload } from "../cluster/kinds";
import { atlasNamespace, hosts, type LiveCluster } from "../cluster/live-cluster";
import { type Finding, type Row, verdictOf } from "../row";
import { describe, differs, missing, nameOf } from "./findings";
import { fewestReplicas } from "./replicas";

const seed = "001 Pod Disruption Budgets";

/** What drains must leave. (001, R3, K3) */
export const disruptionRows: readonly Row<LiveCluster>[] = [
  ...["ai-engine", "market-data"].map(
    (workload): Row<LiveCluster> => ({
      id: `${workload}-budget`,
      title: `Drains leave two pods of ${workload}`,
      seed,
      appliesTo: (cluster) => hosts("atlas")(cluster) && fewest(cluster, workload) > 2,
      check: (cluster) => {
        const namespace = atlasNamespace(cluster);
        const budget = cluster.state.find("PodDisruptionBudget", namespace, `${workload}-pdb`);
        return verdictOf(
          budget === undefined
            ? [missing("PodDisruptionBudget", namespace, `${workload}-pdb`)]
            : differs("PodDisruptionBudget", budget.metadata, "minAvailable", 2, budget.spec.minAvailable),
        );
      },
    }),
  ),
  {
    id: "budgets-present",
    title: "Every replicated workload has a budget that selects it, and leaves room to drain",
    seed: "002 Pod Disruption Budgets; 001",
    check: ({ state }) =>
      verdictOf([
        ...state.all("Deployment").flatMap((one) => {
          const replicas = fewestReplicas(state, one) ?? one.spec.replicas;
          return budgetFaults(state, "Deployment", one, replicas);
        }),
        ...state
          .all("StatefulSet")
          .flatMap((one) => budgetFaults(state, "StatefulSet", one, one.spec.replicas)),
      ]),
  },
];

/** The least number of replicas that a workload of Atlas has: it is from three on that two can be left. */
function fewest(cluster: LiveCluster, workload: string): number {
  const deployment = cluster.state.find("Deployment", atlasNamespace(cluster), workload);
  return deployment === undefined
    ? 0
    : (fewestReplicas(cluster.state, deployment) ?? deployment.spec.replicas);
}

function budgetFaults(
  state: ClusterState,
  kind: "Deployment" | "StatefulSet",
  { metadata, spec }: Workload,
  replicas: number,
): readonly Finding[] {
  if (replicas < 2) return [];
  const { namespace, name } = metadata;
  const budgets = state
    .all("PodDisruptionBudget", namespace)
    .filter(({ spec: { selector } }) => selector && selects(selector, spec.template.metadata.labels));
  const [budget] = budgets;
  if (budget === undefined) {
    return [
      {
        about: nameOf(kind, namespace, name),
        expected: `a PodDisruptionBudget, for it has ${replicas} replicas`,
        found: "none selects its pods",
        look: `kubectl get poddisruptionbudget --namespace ${namespace} --output wide`,
      },
    ];
  }
  return leavesRoom(budget, replicas)
    ? []
    : [
        {
          about: nameOf("PodDisruptionBudget", namespace, budget.metadata.name),
          expected: `room to drain one of ${replicas} replicas`,
          found: `minAvailable ${budget.spec.minAvailable}, maxUnavailable ${budget.spec.maxUnavailable}`,
          look: describe("PodDisruptionBudget", namespace, budget.metadata.name),
        },
      ];
}

function leavesRoom({ spec }: ObjectOf<"PodDisruptionBudget">, replicas: number): boolean {
  const count = (value: number | string): number =>
    typeof value === "number" ? value : Math.ceil((Number.parseFloat(value) / 100) * replicas);
  if (spec.minAvailable !== undefined) return count(spec.minAvailable) < replicas;
  return spec.maxUnavailable === undefined || count(spec.maxUnavailable) > 0;
}
