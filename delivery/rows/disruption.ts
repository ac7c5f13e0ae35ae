import { selectsLabels } from "../../primitives/labels";
import type { ClusterState } from "../cluster/cluster-state";
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
    check: ({ state }) => {
      const workloads = replicatedWorkloads(state);
      return verdictOf([
        ...workloads.flatMap((one) => withoutBudget(state, one)),
        ...state.all("PodDisruptionBudget").flatMap((budget) =>
          withoutRoom(
            budget,
            workloads.filter((one) => covers(budget, one)),
          ),
        ),
      ]);
    },
  },
];

/** The least number of replicas that a workload of Atlas has: it is from three on that two can be left. */
function fewest(cluster: LiveCluster, workload: string): number {
  const deployment = cluster.state.find("Deployment", atlasNamespace(cluster), workload);
  return deployment === undefined
    ? 0
    : (fewestReplicas(cluster.state, deployment) ?? deployment.spec.replicas);
}

interface Replicated {
  readonly kind: "Deployment" | "StatefulSet";
  readonly workload: Workload;
  /** The fewest that there are. */
  readonly replicas: number;
}

function replicatedWorkloads(state: ClusterState): readonly Replicated[] {
  const deployments = state.all("Deployment").map((workload) => ({
    kind: "Deployment" as const,
    workload,
    replicas: fewestReplicas(state, workload) ?? workload.spec.replicas,
  }));
  const sets = state.all("StatefulSet").map((workload) => ({
    kind: "StatefulSet" as const,
    workload,
    replicas: workload.spec.replicas,
  }));
  return [...deployments, ...sets].filter(({ replicas }) => replicas > 1);
}

/** Whether a budget counts a workload's pods. */
function covers({ metadata, spec }: ObjectOf<"PodDisruptionBudget">, { workload }: Replicated): boolean {
  return (
    metadata.namespace === workload.metadata.namespace &&
    spec.selector !== undefined &&
    selectsLabels(spec.selector, workload.spec.template.metadata.labels)
  );
}

function withoutBudget(state: ClusterState, one: Replicated): readonly Finding[] {
  const { namespace, name } = one.workload.metadata;
  if (state.all("PodDisruptionBudget", namespace).some((budget) => covers(budget, one))) return [];
  return [
    {
      about: nameOf(one.kind, namespace, name),
      expected: `a PodDisruptionBudget, for it has ${one.replicas} replicas`,
      found: "none selects its pods",
      look: `kubectl get poddisruptionbudget --namespace ${namespace} --output wide`,
    },
  ];
}

/** A budget may span workloads: leaders and followers of one store, say. */
function withoutRoom(
  budget: ObjectOf<"PodDisruptionBudget">,
  workloads: readonly Replicated[],
): readonly Finding[] {
  const replicas = workloads.reduce((sum, one) => sum + one.replicas, 0);
  if (replicas === 0 || leavesRoom(budget, replicas)) return [];
  const { metadata, spec } = budget;
  return [
    {
      about: nameOf("PodDisruptionBudget", metadata.namespace, metadata.name),
      expected: `room to drain one of ${replicas} replicas`,
      found: `minAvailable ${spec.minAvailable ?? "none"}, maxUnavailable ${spec.maxUnavailable ?? "none"}`,
      look: describe("PodDisruptionBudget", metadata.namespace, metadata.name),
    },
  ];
}

function leavesRoom({ spec }: ObjectOf<"PodDisruptionBudget">, replicas: number): boolean {
  const count = (value: number | string): number =>
    typeof value === "number" ? value : Math.ceil((Number.parseFloat(value) / 100) * replicas);
  if (spec.minAvailable !== undefined) return count(spec.minAvailable) < replicas;
  return spec.maxUnavailable === undefined || count(spec.maxUnavailable) > 0;
}
