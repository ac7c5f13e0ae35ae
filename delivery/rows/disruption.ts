import { customOwner } from "../../model/facts/pod-owner";
import { selectsLabels } from "../../primitives/labels";
import type { ClusterState } from "../cluster/cluster-state";
import type { ObjectOf, Workload } from "../cluster/kinds";
import { atlasNamespace, hosts, type LiveCluster } from "../cluster/live-cluster";
import { type Finding, type Row, verdictOf } from "../row";
import { describe, differs, missing, nameOf } from "./findings";
import { fewestReplicas } from "./replicas";

const seed = "001 Pod Disruption Budgets";

/** What drains must leave running. (001, R3, K3) */
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
        ...state.all("PodDisruptionBudget").flatMap((budget) => withoutRoom(budget, workloads)),
      ]);
    },
  },
];

/** The fewest replicas of an Atlas workload: with three or more, two can stay available. */
function fewest(cluster: LiveCluster, workload: string): number {
  const deployment = cluster.state.find("Deployment", atlasNamespace(cluster), workload);
  return deployment === undefined
    ? 0
    : (fewestReplicas(cluster.state, deployment) ?? deployment.spec.replicas);
}

type Budget = ObjectOf<"PodDisruptionBudget">;

interface Replicated {
  readonly kind: string;
  readonly metadata: Workload["metadata"];
  /** The labels of each of its pods. */
  readonly pods: readonly Readonly<Record<string, string>>[];
  /** The fewest replicas. */
  readonly replicas: number;
}

function replicatedWorkloads(state: ClusterState): readonly Replicated[] {
  const ofTemplate = (kind: string, { metadata, spec }: Workload, replicas: number): Replicated => ({
    kind,
    metadata,
    pods: [spec.template.metadata.labels],
    replicas,
  });
  return [
    ...state
      .all("Deployment")
      .map((one) => ofTemplate("Deployment", one, fewestReplicas(state, one) ?? one.spec.replicas)),
    ...state.all("StatefulSet").map((one) => ofTemplate("StatefulSet", one, one.spec.replicas)),
    ...ownPods(state),
  ].filter(({ replicas }) => replicas > 1);
}

/** Pods that an operator manages one by one: PostgreSQL's instances, Kafka's nodes. */
function ownPods(state: ClusterState): readonly Replicated[] {
  const sets = new Map<string, Replicated>();
  for (const { metadata } of state.all("Pod")) {
    const owner = customOwner(metadata.ownerReferences);
    if (owner !== undefined) {
      const key = `${owner.kind} ${metadata.namespace}/${owner.name}`;
      const pods = [...(sets.get(key)?.pods ?? []), metadata.labels];
      const of = { ...metadata, name: owner.name };
      sets.set(key, { kind: owner.kind, metadata: of, pods, replicas: pods.length });
    }
  }
  return [...sets.values()];
}

/** The number of a workload's pods that a budget covers. */
function counted({ metadata, spec }: Budget, workload: Replicated): number {
  const { selector } = spec;
  if (metadata.namespace !== workload.metadata.namespace || selector === undefined) return 0;
  const selected = workload.pods.filter((labels) => selectsLabels(selector, labels));
  return (workload.replicas * selected.length) / workload.pods.length;
}

function withoutBudget(state: ClusterState, one: Replicated): readonly Finding[] {
  const { namespace, name } = one.metadata;
  const budgets = state.all("PodDisruptionBudget", namespace);
  const covered = budgets.reduce((sum, budget) => sum + counted(budget, one), 0);
  if (covered >= one.replicas) return [];
  return [
    {
      about: nameOf(one.kind, namespace, name),
      expected: `a PodDisruptionBudget, for it has ${one.replicas} replicas`,
      found: covered === 0 ? "none selects its pods" : `${covered} of them are selected`,
      look: `kubectl get poddisruptionbudget --namespace ${namespace} --output wide`,
    },
  ];
}

/**
 * A budget may cover several workloads, such as leaders and followers of a store. One that keeps a single pod
 * of an operator concerns a role, which the operator moves to another pod before a drain.
 */
function withoutRoom(budget: Budget, workloads: readonly Replicated[]): readonly Finding[] {
  const replicas = workloads
    .filter((one) => !(one.pods.length > 1 && counted(budget, one) === 1))
    .reduce((sum, one) => sum + counted(budget, one), 0);
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

function leavesRoom({ spec }: Budget, replicas: number): boolean {
  const count = (value: number | string): number =>
    typeof value === "number" ? value : Math.ceil((Number.parseFloat(value) / 100) * replicas);
  if (spec.minAvailable !== undefined) return count(spec.minAvailable) < replicas;
  return spec.maxUnavailable === undefined || count(spec.maxUnavailable) > 0;
}
