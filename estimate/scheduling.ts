import type { PodFacts } from "../model/facts/pod";
import { selectsLabels } from "../primitives/labels";

type NodeAffinity = NonNullable<PodFacts["nodeAffinity"]>;
type NodeTerm = NonNullable<
  NodeAffinity["requiredDuringSchedulingIgnoredDuringExecution"]
>["nodeSelectorTerms"][number];
interface NodeTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}
type Toleration = NonNullable<PodFacts["tolerations"]>[number];

/** Where pods of one group may run, and where they would rather. */
export interface Scheduling {
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** One of these has to fit; none at all fits everywhere. */
  readonly required: readonly NodeTerm[];
  readonly preferred: readonly { readonly weight: number; readonly preference: NodeTerm }[];
  readonly tolerations: readonly Toleration[];
  /** Labels of nodes (`topology.kubernetes.io/zone`, `kubernetes.io/hostname`) of which no two pods share a value. */
  readonly apart: readonly string[];
  /** Labels of nodes over whose values the pods must be spread, and by how many pods one value may be ahead of another. */
  readonly spread: readonly { readonly label: string; readonly maxSkew: number }[];
}

export const anywhere: Scheduling = {
  nodeSelector: {},
  required: [],
  preferred: [],
  tolerations: [],
  apart: [],
  spread: [],
};

export function schedulingOf({
  nodeSelector = {},
  nodeAffinity,
  antiAffinity = [],
  tolerations = [],
  spread = [],
}: Omit<PodFacts, "containers">): Scheduling {
  return {
    nodeSelector,
    required: nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [],
    preferred: nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [],
    tolerations,
    // A term that matches labels of the pod's own number is about pods of another kind.
    apart: antiAffinity
      .filter(({ required, sameLabels }) => required && sameLabels === undefined)
      .map(({ topologyKey }) => topologyKey),
    spread: spread
      .filter(({ when }) => when === "DoNotSchedule")
      .map(({ topologyKey, maxSkew = 1 }) => ({ label: topologyKey, maxSkew })),
  };
}

/** True when the node's labels are among those that the pod must have. */
export function selects(
  { nodeSelector, required }: Scheduling,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(nodeSelector).every(([key, value]) => labels[key] === value) &&
    (required.length === 0 || required.some((one) => selectsLabels(one, labels)))
  );
}

/** True when each taint that keeps pods out is tolerated. */
export function tolerates(scheduling: Scheduling, taints: readonly NodeTaint[]): boolean {
  return taints
    .filter(({ effect }) => effect !== "PreferNoSchedule")
    .every((taint) => toleratesOne(scheduling, taint));
}

function toleratesOne({ tolerations }: Scheduling, taint: NodeTaint): boolean {
  return tolerations.some(
    ({ key, operator = "Equal", value = "", effect }) =>
      (effect === undefined || effect === taint.effect) &&
      (key === undefined ? operator === "Exists" : key === taint.key) &&
      (operator === "Exists" || value === (taint.value ?? "")),
  );
}

/** The scheduler weighs taints three halves as much as the whole of a pod's affinity, whose weights go up to 100. */
const taintWeight = 150;

/**
 * How much the pod would like a node with these labels and taints: the sum of the weights that apply, less what
 * PreferNoSchedule takes where the pod does not tolerate it.
 */
export function preference(
  scheduling: Scheduling,
  labels: Readonly<Record<string, string>>,
  taints: readonly NodeTaint[],
): number {
  const liked = scheduling.preferred
    .filter((one) => selectsLabels(one.preference, labels))
    .reduce((total, { weight }) => total + weight, 0);
  const avoided = taints.filter(
    (taint) => taint.effect === "PreferNoSchedule" && !toleratesOne(scheduling, taint),
  );
  return liked - taintWeight * avoided.length;
}
