import { isDay, today } from "../day";
import type { Resource } from "../policy";
import { at, type Certainty, entries, unknown, type Value } from "../value";

/** A Kubernetes annotation or an AWS tag `policies.ai-platform/exempt-<policy id>: <last day> <reason>`. */
export const exemptionPrefix = "policies.ai-platform/exempt-";

/** Policies that watch over exemptions cannot be exempted from. */
export const unexemptable = "exemption-";

/** An exemption as it was written; `fault` says why it does not count. */
export type Exemption =
  | { readonly policy: string; readonly lastDay: string; readonly reason: string }
  | { readonly policy: string; readonly fault: string };

/** Definitions of custom resources are large, and no policy judges them. */
export function mayCarryExemptions(type: string): boolean {
  return !type.startsWith("kubernetes:apiextensions.k8s.io/");
}

/** The exemptions that a resource asks for. */
export function exemptionsOf(resource: Resource): readonly Exemption[] {
  return carriers(resource)
    .flatMap(entries)
    .filter(([key, text]) => key.startsWith(exemptionPrefix) && text !== unknown)
    .map(([key, text]) => parse(key.slice(exemptionPrefix.length), String(text)));
}

/** Whether the resource is exempt from the policy. */
export function isExempt(resource: Resource, policy: string): Certainty {
  if (policy.startsWith(unexemptable)) return "no";
  const valid = exemptionsOf(resource).some((one) => one.policy === policy && !("fault" in one));
  if (valid) return "yes";
  const undecided = carriers(resource).some(
    (carrier) => carrier === unknown || at(carrier, exemptionPrefix + policy) === unknown,
  );
  return undecided ? "unknown" : "no";
}

function carriers(resource: Resource): readonly (Value | undefined)[] {
  return [at(resource.properties, "metadata", "annotations"), at(resource.properties, "tags")];
}

function parse(policy: string, text: string): Exemption {
  const [lastDay = "", ...words] = text.trim().split(/\s+/);
  if (!isDay(lastDay)) {
    return { policy, fault: `"${text}" does not begin with the exemption's last day, such as 2027-03-31` };
  }
  if (words.length === 0) return { policy, fault: `"${text}" gives no reason after the date` };
  if (lastDay < today()) return { policy, fault: `it expired after ${lastDay}` };
  return { policy, lastDay, reason: words.join(" ") };
}

/** Days from today until a date; negative when it is past. */
export function daysUntil(day: string): number {
  return (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today()}T00:00:00Z`)) / 86_400_000;
}
