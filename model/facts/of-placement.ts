import type { PodFacts } from "./pod";
import { entriesAt, listAt, numberAt, some, textAt, textsAt } from "./read";
import { selectionAt } from "./selection";

type Near = NonNullable<PodFacts["antiAffinity"]>;
type Term = { matchExpressions?: Requirement[]; matchFields?: Requirement[] };
type Requirement = { key: string; operator: string; values?: string[] };

/** The nodes on which a pod's specification lets it run. */
export function placementOf(
  spec: unknown,
): Pick<PodFacts, "nodeAffinity" | "affinity" | "antiAffinity" | "spread" | "tolerations"> {
  return {
    nodeAffinity: nodeAffinityOf(spec),
    affinity: nearOf(spec, "podAffinity"),
    antiAffinity: nearOf(spec, "podAntiAffinity"),
    spread: some(
      listAt(spec, "topologySpreadConstraints").map((constraint) => ({
        topologyKey: textAt(constraint, "topologyKey") ?? "",
        when: textAt(constraint, "whenUnsatisfiable") ?? "DoNotSchedule",
        maxSkew: numberAt(constraint, "maxSkew"),
        minDomains: numberAt(constraint, "minDomains"),
        ...selectionAt(constraint, "labelSelector"),
        sameLabels: some(textsAt(constraint, "matchLabelKeys")),
      })),
    ),
    tolerations: some(
      listAt(spec, "tolerations").map((toleration) => ({
        key: textAt(toleration, "key"),
        operator: textAt(toleration, "operator"),
        value: textAt(toleration, "value"),
        effect: textAt(toleration, "effect"),
        seconds: numberAt(toleration, "tolerationSeconds"),
      })),
    ),
  };
}

function nodeAffinityOf(spec: unknown): PodFacts["nodeAffinity"] {
  const path = ["affinity", "nodeAffinity"];
  const required = listAt(
    spec,
    ...path,
    "requiredDuringSchedulingIgnoredDuringExecution",
    "nodeSelectorTerms",
  ).map(termOf);
  const preferred = listAt(spec, ...path, "preferredDuringSchedulingIgnoredDuringExecution").map((one) => ({
    weight: numberAt(one, "weight") ?? 1,
    preference: termOf(Object.fromEntries(entriesAt(one, "preference"))),
  }));
  return required.length + preferred.length === 0
    ? undefined
    : {
        requiredDuringSchedulingIgnoredDuringExecution:
          required.length === 0 ? undefined : { nodeSelectorTerms: required },
        preferredDuringSchedulingIgnoredDuringExecution: some(preferred),
      };
}

function termOf(term: unknown): Term {
  const requirements = (key: string) =>
    some(
      listAt(term, key).map((one) => ({
        key: textAt(one, "key") ?? "",
        operator: textAt(one, "operator") ?? "",
        values: some(textsAt(one, "values")),
      })),
    );
  return { matchExpressions: requirements("matchExpressions"), matchFields: requirements("matchFields") };
}

function nearOf(spec: unknown, kind: "podAffinity" | "podAntiAffinity"): Near | undefined {
  const required = listAt(spec, "affinity", kind, "requiredDuringSchedulingIgnoredDuringExecution");
  const preferred = listAt(spec, "affinity", kind, "preferredDuringSchedulingIgnoredDuringExecution");
  return some([
    ...required.map((term) => nearTermOf(term, true)),
    ...preferred.map((one) => nearTermOf(Object.fromEntries(entriesAt(one, "podAffinityTerm")), false)),
  ]);
}

function nearTermOf(term: unknown, required: boolean): Near[number] {
  return {
    required,
    topologyKey: textAt(term, "topologyKey") ?? "",
    ...selectionAt(term, "labelSelector"),
    sameLabels: some(textsAt(term, "matchLabelKeys")),
  };
}
