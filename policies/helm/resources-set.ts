import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { ResourcePolicy } from "../policy";
import { at, entries, isObject, unknown, type Value } from "../value";
import { chartNameOf } from "./chart-name";
import { isRelease } from "./releases";

interface Configuration {
  readonly withoutPods: readonly Exception[];
}

export const helmResourcesSet: ResourcePolicy<Configuration> = {
  id: "helm-resources-set",
  scope: "resource",
  what: "Values of Helm releases set requests and limits, and none of those that they set is empty.",
  why: "Charts leave them out; what they make then takes what it likes from its neighbours.",
  severity: "medium",
  standards: ["K2", "K7"],
  remediation:
    "Set the chart's resources with requests and limits, or list a chart that makes no pods in withoutPods.",
  configuration: {
    withoutPods: exceptions("Charts that make no pods, by their name."),
  },
  appliesTo: isRelease,
  *validate({ properties }, { withoutPods }) {
    const chart = chartNameOf(properties);
    const values = at(properties, "values");
    if (chart === unknown || values === unknown || namesOf(withoutPods).some((one) => one === chart)) return;
    const found = [...resourcesIn(values, "values")];
    if (found.length === 0 && !mayHide(values ?? null))
      yield "values sets no resources: set requests and limits.";
    for (const [path, resources] of found) {
      if (!isObject(resources)) continue;
      const missing = ["requests", "limits"].filter((part) => isEmpty(at(resources, part)));
      if (missing.length > 0) yield `${path} has no ${missing.join(" and no ")}: set them.`;
    }
  },
};

/** Values named resources that look like a container's; other things have the same name. */
function* resourcesIn(
  value: Value | undefined,
  path: string,
): Iterable<readonly [path: string, resources: Value]> {
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (/^resources$/i.test(key) && (item === unknown || isOfContainer(item))) yield [`${path}.${key}`, item];
    else yield* resourcesIn(item, `${path}.${key}`);
  }
}

/** A volume claim requests storage and has no limits. */
function isOfContainer(resources: Value): boolean {
  const storage = at(resources, "requests", "storage");
  return (
    isObject(resources) &&
    Object.keys(resources).every((part) => ["requests", "limits", "claims"].includes(part)) &&
    (storage === undefined || storage === unknown)
  );
}

/** Whether an unknown value may contain resources. */
function mayHide(value: Value): boolean {
  if (value === unknown) return true;
  if (Array.isArray(value)) return value.some(mayHide);
  return isObject(value) && Object.values(value).some(mayHide);
}

/** A quantity of zero asks for nothing and limits nothing. */
function isEmpty(part: Value | undefined): boolean {
  if (part === unknown) return false;
  return entries(part).every(
    ([, amount]) => amount !== unknown && /^0*(\.0*)?[a-zA-Z]*$/.test(String(amount ?? 0)),
  );
}
