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
} from "../value";

/**
 * Whether a label selector matches a set of labels, by the rules of Kubernetes: all parts must match, an empty
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

/** The label's value: undefined when it is not there, `unknown` when that cannot be told. */
function labelOf(labels: Value | undefined, key: string): Value | undefined {
  return labels === undefined || isObject(labels) ? at(labels, key) : unknown;
}
