import { configuredExemption, isExempt } from "./exemptions/exemption";
import type { Configurations, Policy, Remediable, ResourcePolicy } from "./policy";
import type { Resource } from "./resource";
import { snapshot } from "./value";

/** A violation: its message, or its message with the fix. */
export type Finding = string | Remediable;

/** The violations of a policy by a resource; none where the resource is, or may be, exempt. */
export function findingsOf(
  policy: ResourcePolicy,
  resource: Resource,
  configuration: object,
  configurationOf?: Configurations,
): readonly Finding[] {
  return unexempted(policy, resource, configuration, [
    ...policy.validate(resource, configuration, configurationOf),
  ]);
}

/** The findings that remain after the exemptions of the resource and of the stack. */
export function unexempted(
  policy: Policy,
  resource: Resource,
  configuration: object,
  found: readonly Finding[],
): readonly Finding[] {
  if (found.length === 0 || isExempt(resource, policy) !== "no") return [];
  const configured = configuredExemption(resource, policy, snapshot(configuration));
  if (configured === "exempt") return [];
  return configured === "no" ? found : found.map((finding) => withFault(finding, configured.fault));
}

/** Adds to a finding why an exemption in the stack's configuration is invalid. */
function withFault(finding: Finding, fault: string): Finding {
  const message = `${messageOf(finding)} (Its exemption does not count: ${fault}.)`;
  return typeof finding === "string" ? message : { ...finding, message };
}

export function messageOf(finding: Finding): string {
  return typeof finding === "string" ? finding : finding.message;
}
