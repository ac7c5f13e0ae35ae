import { clustersOf, type Pool } from "../../estimate/pools";
import { type Scheduling, schedulingOf } from "../../estimate/scheduling";
import { clusterName } from "../../model/expand";
import type { Workload } from "../../model/model";
import { selectsLabels } from "../../primitives/labels";
import { type Evidence, type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { ownLabel, takes } from "./placement";

const source = "Kubernetes, topology spread constraints";

type Spread = NonNullable<Workload["pod"]["spread"]>[number];

/** Pods are spread over places that there are, and counted among their own kind. */
export const placesAreEnough: Check = (evidence) => {
  const pools = poolsOf(evidence);
  const spreading = evidence.model.workloads.filter(({ pod }) => (pod.spread ?? []).length > 0);
  return each(spreading, (workload) => {
    const all = workload.pod.spread ?? [];
    const own = pools.get(workload.cluster) ?? [];
    const found = all.flatMap((spread) => [
      ...refused(spread, all),
      ...tooFew(spread, own, schedulingOf(workload.pod)),
      ...ofOthers(spread, workload),
    ]);
    return found.map(({ rule, fix }) => ({ object: nameOf(workload), rule, source, fix }));
  });
};

type Found = Pick<Fault, "rule" | "fix">;

/** The pools of clusters whose nodes the plan has, by the clusters' names. */
function poolsOf({ plan }: Evidence): ReadonlyMap<string, readonly Pool[]> {
  return new Map(
    plan === undefined ? [] : clustersOf(plan).map(({ provider, pools }) => [clusterName(provider), pools]),
  );
}

function refused(
  { topologyKey, when, maxSkew = 1, minDomains }: Spread,
  all: readonly Spread[],
): readonly Found[] {
  const twins = all.filter((one) => one.topologyKey === topologyKey && one.when === when);
  return [
    ...(minDomains !== undefined && when !== "DoNotSchedule"
      ? [
          {
            rule: `it asks for ${minDomains} different ${topologyKey} and schedules anyway: the API server refuses it`,
            fix: "set whenUnsatisfiable to DoNotSchedule, or leave minDomains out",
          },
        ]
      : []),
    ...((minDomains ?? 1) < 1 || maxSkew < 1
      ? [
          {
            rule: "it has a minDomains or maxSkew under 1: the API server refuses it",
            fix: "set them to 1 or more",
          },
        ]
      : []),
    ...(twins.length > 1
      ? [
          {
            rule: `it has two constraints over ${topologyKey} with ${when}: the API server refuses it`,
            fix: "keep one of them",
          },
        ]
      : []),
  ];
}

/** Until there are as many places as asked for, each takes no more than `maxSkew` pods. */
function tooFew(spread: Spread, pools: readonly Pool[], scheduling: Scheduling): readonly Found[] {
  const { topologyKey, minDomains, when } = spread;
  const usable = pools.filter((pool) => pool.nodes.maximum > 0 && takes(pool, scheduling));
  if (usable.length === 0) return [];
  const domains = domainsOf(topologyKey, usable);
  if (domains === undefined) {
    return when === "DoNotSchedule"
      ? []
      : [
          {
            rule: `it is spread over ${topologyKey}, a label that no node has: it is not spread`,
            fix: "name a label of the nodes: topology.kubernetes.io/zone, kubernetes.io/hostname",
          },
        ];
  }
  return minDomains !== undefined && minDomains > domains
    ? [
        {
          rule: `it wants ${minDomains} different ${topologyKey}, and its pools have ${domains}: each takes ${spread.maxSkew ?? 1} of its pods, and the others wait for ever`,
          fix: `ask for no more than ${domains}`,
        },
      ]
    : [];
}

/** How many values of a label nodes of these pools have; undefined where none has it. */
function domainsOf(key: string, pools: readonly Pool[]): number | undefined {
  if (key === "kubernetes.io/hostname") return pools.reduce((total, { nodes }) => total + nodes.maximum, 0);
  const values = new Set(
    pools.flatMap(({ labels, zones }) =>
      key === "topology.kubernetes.io/zone" ? zones : labels[key] === undefined ? [] : [labels[key]],
    ),
  );
  // A cloud without zones says one place in all; what else it labels is not in the plan.
  if (values.size > 0) return values.size;
  return ownLabel.test(key) ? 1 : undefined;
}

function ofOthers({ labels, expressions = [], topologyKey }: Spread, { pod }: Workload): readonly Found[] {
  const isOwn = selectsLabels(
    { ...(labels && { matchLabels: labels }), matchExpressions: expressions },
    pod.labels,
  );
  const isSaid = labels !== undefined || expressions.length > 0;
  return isOwn && isSaid
    ? []
    : [
        {
          rule: `its constraint over ${topologyKey} counts pods that have other labels than its own: it is not spread`,
          fix: "select by the labels of the pods themselves",
        },
      ];
}
