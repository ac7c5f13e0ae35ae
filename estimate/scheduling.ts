import { z } from "zod";
import { selectsLabels } from "../infra/cluster/label-selector";

const expression = z.object({
  key: z.string(),
  operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]),
  values: z.array(z.string()).default([]),
});
const term = z.object({ matchExpressions: z.array(expression).default([]) });
const podTerm = z.object({
  topologyKey: z.string(),
  labelSelector: z.object({ matchLabels: z.record(z.string(), z.string()).default({}) }).optional(),
  matchLabelKeys: z.array(z.string()).optional(),
});
const spreadTerm = podTerm.extend({ maxSkew: z.number(), whenUnsatisfiable: z.string() });

const toleration = z.object({
  key: z.string().optional(),
  operator: z.string().default("Equal"),
  value: z.string().default(""),
  effect: z.string().optional(),
});

const affinity = z.object({
  nodeAffinity: z
    .object({
      requiredDuringSchedulingIgnoredDuringExecution: z
        .object({ nodeSelectorTerms: z.array(term) })
        .optional(),
      preferredDuringSchedulingIgnoredDuringExecution: z
        .array(z.object({ weight: z.number(), preference: term }))
        .optional(),
    })
    .optional(),
  podAntiAffinity: z
    .object({ requiredDuringSchedulingIgnoredDuringExecution: z.array(podTerm).optional() })
    .optional(),
});

/** The part of a pod's spec that says where it may run. */
export const schedulingSpec = z.object({
  nodeSelector: z.record(z.string(), z.string()).optional(),
  affinity: affinity.optional(),
  tolerations: z.array(toleration).optional(),
  topologySpreadConstraints: z.array(spreadTerm).optional(),
});

export type NodeTerm = z.infer<typeof term>;
export type Toleration = z.infer<typeof toleration>;

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
  /** Labels by which the pods know their own kind when they keep apart or spread: the pods have them. */
  readonly kindLabels: Readonly<Record<string, string>>;
}

export const anywhere: Scheduling = {
  nodeSelector: {},
  required: [],
  preferred: [],
  tolerations: [],
  apart: [],
  spread: [],
  kindLabels: {},
};

export function schedulingOf(spec: z.infer<typeof schedulingSpec>): Scheduling {
  const { nodeAffinity, podAntiAffinity } = spec.affinity ?? {};
  // A term that matches labels of the pod's own number is about pods of another kind.
  const apart = (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).filter(
    ({ matchLabelKeys }) => matchLabelKeys === undefined,
  );
  return {
    nodeSelector: spec.nodeSelector ?? {},
    required: nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [],
    preferred: nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [],
    tolerations: spec.tolerations ?? [],
    apart: apart.map(({ topologyKey }) => topologyKey),
    spread: (spec.topologySpreadConstraints ?? [])
      .filter(({ whenUnsatisfiable }) => whenUnsatisfiable === "DoNotSchedule")
      .map(({ topologyKey, maxSkew }) => ({ label: topologyKey, maxSkew })),
    kindLabels: Object.assign(
      {},
      ...[...(spec.topologySpreadConstraints ?? []), ...apart].map(
        ({ labelSelector }) => labelSelector?.matchLabels ?? {},
      ),
    ),
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
export function tolerates(
  { tolerations }: Scheduling,
  taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[],
): boolean {
  return taints
    .filter(({ effect }) => effect !== "PreferNoSchedule")
    .every((taint) =>
      tolerations.some(
        ({ key, operator, value, effect }) =>
          (effect === undefined || effect === taint.effect) &&
          (key === undefined ? operator === "Exists" : key === taint.key) &&
          (operator === "Exists" || value === (taint.value ?? "")),
      ),
    );
}

/** How much the pod would like a node with these labels: the sum of the weights that apply. */
export function preference({ preferred }: Scheduling, labels: Readonly<Record<string, string>>): number {
  return preferred
    .filter((one) => selectsLabels(one.preference, labels))
    .reduce((total, { weight }) => total + weight, 0);
}
