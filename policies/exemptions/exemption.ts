import { isDay, today } from "../day";
import type { Policy, Severity } from "../policy";
import type { Resource } from "../resource";
import { at, type Certainty, entries, items, unknown, type Value } from "../value";
import { saysSomething } from "./reason";

/** A Kubernetes annotation or an AWS tag `policies.ai-platform/exempt-<policy id>: <last day> [@<owner>] <reason>`. */
export const exemptionPrefix = "policies.ai-platform/exempt-";

/** The key in every policy's configuration for resources that can carry neither annotation nor tag. */
export const exemptKey = "exempt";

/** Policies about exemptions allow no exemptions. */
export const unexemptable = "exemption-";

/** The latest last day, in days from today, by severity. */
export const longest: Readonly<Record<Severity, number>> = { critical: 30, high: 90, medium: 180, low: 180 };

/** An exemption as written; `fault` says why it is invalid. */
export type Exemption =
  | {
      readonly policy: string;
      readonly lastDay: string;
      /** Who is responsible for it. */
      readonly owner: string | undefined;
      readonly reason: string;
    }
  | { readonly policy: string; readonly fault: string };

/** Definitions of custom resources are large, and no policy checks them. */
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

type Exempting = Pick<Policy, "id" | "severity">;

/** Whether the resource exempts itself from the policy. */
export function isExempt(resource: Resource, { id, severity }: Exempting): Certainty {
  if (id.startsWith(unexemptable)) return "no";
  const valid = exemptionsOf(resource).some(
    (one) => one.policy === id && lackOf(one, severity) === undefined,
  );
  if (valid) return "yes";
  const undecided = carriers(resource).some(
    (carrier) => carrier === unknown || at(carrier, exemptionPrefix + id) === unknown,
  );
  return undecided ? "unknown" : "no";
}

/** Why an exemption is invalid for this severity; undefined when it is valid. */
export function lackOf(exemption: Exemption, severity: Severity): string | undefined {
  if ("fault" in exemption) return exemption.fault;
  if (severity === "critical" && exemption.owner === undefined) {
    return "it is from a critical policy and names no owner who answers for it, such as @payments";
  }
  return undefined;
}

/** Why the stack's configuration names a resource but does not exempt it; `exempt` when it does. */
export function configuredExemption(
  resource: Resource,
  { id, severity }: Exempting,
  configuration: Value,
): "exempt" | "no" | { readonly fault: string } {
  const listed = items(at(configuration, exemptKey)).filter((one) => names(at(one, "resources"), resource));
  if (listed.length === 0 || id.startsWith(unexemptable)) return "no";
  const faults = listed.map((one) => {
    const [until, owner, reason] = ["until", "owner", "reason"].map((field) => String(at(one, field) ?? ""));
    const exemption = parse(id, `${until} ${owner ? `@${owner?.replace(/^@/, "")} ` : ""}${reason}`);
    const lack = lackOf(exemption, severity);
    if (lack !== undefined || !("lastDay" in exemption)) return lack ?? "";
    const days = daysUntil(exemption.lastDay);
    return days > longest[severity]
      ? `${exemption.lastDay} is ${days} days away, of at most ${longest[severity]}`
      : undefined;
  });
  return faults.includes(undefined) ? "exempt" : { fault: String(faults[0]) };
}

/** Resources are named by their logical name, or by `<type>::<name>` as in their URN. */
function names(listed: Value | undefined, { name, type, urn }: Resource): boolean {
  return items(listed).some((one) => one === name || one === `${type}::${name}` || one === urn);
}

function carriers(resource: Resource): readonly (Value | undefined)[] {
  return [at(resource.properties, "metadata", "annotations"), at(resource.properties, "tags")];
}

function parse(policy: string, text: string): Exemption {
  const [lastDay = "", ...words] = text.trim().split(/\s+/);
  if (!isDay(lastDay)) {
    return { policy, fault: `"${text}" does not begin with the exemption's last day, such as 2027-03-31` };
  }
  const [first = ""] = words;
  const owner = /^@[\w./-]{2,}$/.test(first) ? first : undefined;
  const reason = words.slice(owner === undefined ? 0 : 1).join(" ");
  if (reason === "") return { policy, fault: `"${text}" gives no reason after the date` };
  if (!saysSomething(reason))
    return { policy, fault: `"${reason}" says nothing: what is in the way, and until when?` };
  if (lastDay < today()) return { policy, fault: `it expired after ${lastDay}` };
  return { policy, lastDay, owner, reason };
}

/** Days from today until a date; negative when it is past. */
export function daysUntil(day: string): number {
  return (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today()}T00:00:00Z`)) / 86_400_000;
}
