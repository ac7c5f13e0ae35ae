import { type JsonObject, textAt } from "../json";
import { annotationOf, annotations, isMarked } from "../manifest";
import { groupOf } from "../served-types";
import { networkRules } from "./network";
import { otherRules } from "./others";
import type { ReadinessRule } from "./readiness";
import { waitForRule } from "./wait-for";
import { workloadRules } from "./workloads";

const rules: Readonly<Record<string, ReadinessRule>> = { ...workloadRules, ...networkRules, ...otherRules };

/** What to wait for after writing this object; undefined when it is ready as soon as it is stored. */
export function ruleFor(object: JsonObject): ReadinessRule | undefined {
  if (isMarked(object, annotations.skipAwait)) {
    return undefined;
  }
  const waitFor = annotationOf(object, annotations.waitFor);
  if (waitFor !== "") {
    return waitForRule(waitFor);
  }
  const rule = rules[`${groupOf(textAt(object, "apiVersion"))}/${textAt(object, "kind")}`];
  return rule?.applies?.(object) === false ? undefined : rule;
}
