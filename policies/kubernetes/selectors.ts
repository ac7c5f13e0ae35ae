import {
  all,
  any,
  at,
  type Certainty,
  entries,
  equal,
  isObject,
  items,
  not,
  unknown,
  type Value,
  type Values,
} from "../value";

/**
 * Whether a label selector matches a set of labels, by Kubernetes' rules: all parts must match, an empty
 * selector matches everything and a missing one nothing.
 */
export function selects(selector: Value | undefined, labels: Value | undefined): Certainty {
  if (selector === undefined) return "no";
  if (selector === unknown) return "unknown";
  const matchLabels = at(selector, "matchLabels");
  const matchExpressions = at(selector, "matchExpressions");
  return all([
    matchLabels === unknown ? "unknown" : "yes",
    matchExpressions === unknown ? "unknown" : "yes",
    ...entries(matchLabels).map(([key, value]) => equal(labelOf(labels, key), value)),
    ...items(matchExpressions).map((expression) => expressionMatches(expression, labels)),
  ]);
}

/** Whether the selector matches every set of labels. */
export function selectsEverything(selector: Value | undefined): Certainty {
  if (selector === unknown) return "unknown";
  const parts: readonly (Value | undefined)[] = [
    at(selector, "matchLabels"),
    at(selector, "matchExpressions"),
  ];
  if (parts.some((part) => entries(part).length > 0 || items(part).length > 0)) return "no";
  return parts.includes(unknown) ? "unknown" : "yes";
}

/** Maximum number of label sets that are compared to tell whether selectors match everything. */
const mostSets = 4096;

/** Occurs in no label: its value stands for all values that no selector names. */
const otherValue = " ";

/**
 * One set of labels for each group that the selectors treat alike: each key that they use is missing, has one
 * of the named values, or another. Empty when there would be too many.
 */
export function labelSetsOf(selectors: readonly Value[]): readonly Values[] {
  const asked = new Map<string, Set<string>>();
  const ask = (key: string, values: readonly Value[]): void => {
    const texts = values.filter((value) => typeof value === "string");
    asked.set(key, new Set([...(asked.get(key) ?? []), ...texts]));
  };
  for (const selector of selectors) {
    for (const [key, value] of entries(at(selector, "matchLabels"))) ask(key, [value]);
    for (const expression of items(at(selector, "matchExpressions"))) {
      const key = at(expression, "key");
      if (typeof key === "string") ask(key, items(at(expression, "values")));
    }
  }
  const size = [...asked.values()].reduce((product, values) => product * (values.size + 2), 1);
  if (size > mostSets) return [];
  return [...asked].reduce<readonly Values[]>(
    (sets, [key, values]) =>
      sets.flatMap((set) => [set, ...[...values, otherValue].map((value) => ({ ...set, [key]: value }))]),
    [{}],
  );
}

function expressionMatches(expression: Value, labels: Value | undefined): Certainty {
  const key = at(expression, "key");
  const operator = at(expression, "operator");
  const values = at(expression, "values");
  if (typeof key !== "string" || operator === unknown || values === unknown) return "unknown";
  const label = labelOf(labels, key);
  const isSet = label === unknown ? "unknown" : label === undefined ? "no" : "yes";
  const isOneOf = all([isSet, any(items(values).map((value) => equal(label, value)))]);
  switch (operator) {
    case "In":
      return isOneOf;
    case "NotIn":
      return not(isOneOf);
    case "Exists":
      return isSet;
    case "DoesNotExist":
      return not(isSet);
    default:
      return "no";
  }
}

/** The label's value: undefined when it is not set, `unknown` when that is uncertain. */
function labelOf(labels: Value | undefined, key: string): Value | undefined {
  return labels === undefined || isObject(labels) ? at(labels, key) : unknown;
}
