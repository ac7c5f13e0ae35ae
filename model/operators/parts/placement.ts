import { z } from "zod";
import type { Labels } from "../../facts/object";
import type { PodFacts } from "../../facts/pod";

const requirement = z.object({
  key: z.string(),
  operator: z.string(),
  values: z.array(z.string()).optional(),
});

const labelSelector = z.object({
  matchLabels: z.record(z.string(), z.string()).optional(),
  matchExpressions: z.array(requirement).optional(),
});

const affinityTerm = z.object({
  topologyKey: z.string(),
  labelSelector: labelSelector.optional(),
  matchLabelKeys: z.array(z.string()).optional(),
});

const nodeTerm = z.object({ matchExpressions: z.array(requirement).optional() });

const nodeAffinity = z.object({
  requiredDuringSchedulingIgnoredDuringExecution: z
    .object({ nodeSelectorTerms: z.array(nodeTerm) })
    .optional(),
  preferredDuringSchedulingIgnoredDuringExecution: z
    .array(z.object({ weight: z.number(), preference: nodeTerm }))
    .optional(),
});

const podAntiAffinity = z.object({
  requiredDuringSchedulingIgnoredDuringExecution: z.array(affinityTerm).optional(),
  preferredDuringSchedulingIgnoredDuringExecution: z
    .array(z.object({ podAffinityTerm: affinityTerm }))
    .optional(),
});

/** Fields of a pod that decide on which node it runs, as Kubernetes has them. */
export const placement = z.object({
  affinity: z
    .object({ nodeAffinity: nodeAffinity.optional(), podAntiAffinity: podAntiAffinity.optional() })
    .optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: z
    .array(
      z.object({
        key: z.string().optional(),
        operator: z.string().optional(),
        value: z.string().optional(),
        effect: z.string().optional(),
        tolerationSeconds: z.number().optional(),
      }),
    )
    .nullish(),
  topologySpreadConstraints: z
    .array(
      z.object({
        topologyKey: z.string(),
        whenUnsatisfiable: z.string(),
        maxSkew: z.number().optional(),
        labelSelector: labelSelector.optional(),
      }),
    )
    .nullish(),
  priorityClassName: z.string().optional(),
});

export type Placement = z.infer<typeof placement>;

export function placementOf(spec: Placement): Partial<PodFacts> {
  const { affinity, nodeSelector, tolerations, topologySpreadConstraints, priorityClassName } = spec;
  return {
    priorityClass: priorityClassName,
    nodeSelector,
    nodeAffinity: affinity?.nodeAffinity,
    antiAffinity: affinity?.podAntiAffinity && antiAffinity(affinity.podAntiAffinity),
    spread: topologySpreadConstraints?.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => ({
      topologyKey,
      when: whenUnsatisfiable,
      maxSkew: maxSkew === 1 ? undefined : maxSkew,
      labels: labelsOf(labelSelector),
    })),
    tolerations: tolerations?.map(({ tolerationSeconds, ...toleration }) => ({
      ...toleration,
      seconds: tolerationSeconds,
    })),
  };
}

function antiAffinity(given: z.infer<typeof podAntiAffinity>): PodFacts["antiAffinity"] {
  const facts = (required: boolean) => (term: z.infer<typeof affinityTerm>) => ({
    required,
    topologyKey: term.topologyKey,
    labels: labelsOf(term.labelSelector),
    sameLabels: term.matchLabelKeys,
  });
  return [
    ...(given.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(facts(true)),
    ...(given.preferredDuringSchedulingIgnoredDuringExecution ?? [])
      .map(({ podAffinityTerm }) => podAffinityTerm)
      .map(facts(false)),
  ];
}

/** The labels that a selector asks for; `In` with one value asks for that value. Null: it asks for no certain label. */
function labelsOf(selector: z.infer<typeof labelSelector> | undefined): Labels | null {
  const one = (selector?.matchExpressions ?? []).flatMap(({ key, operator, values = [] }) =>
    operator === "In" && values.length === 1 ? values.map((value) => [key, value] as const) : [],
  );
  const labels = { ...selector?.matchLabels, ...Object.fromEntries(one) };
  return Object.keys(labels).length === 0 ? null : labels;
}
