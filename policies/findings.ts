import { configuredExemption, isExempt } from "./exemptions/exemption";
import type { Configurations, Policy, Remediable, ResourcePolicy } from "./policy";
import type { Resource } from "./resource";
import { snapshot } from "./value";

/** Something wrong with a resource: what it is, or that with how it is put right. */
export type Finding = string | Remediable;

/** What a policy finds at a resource; nothing where the resource is, or may be, exempt from it. */
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

/** What is left of findings where a resource, or the stack for it, asks for an exemption. */
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

/** What to say of an exemption that the stack configures and that does not count. */
function withFault(finding: Finding, fault: string): Finding {
  const message = `${messageOf(finding)} (Its exemption does not count: ${fault}.)`;
  return typeof finding === "string" ? message : { ...finding, message };
}

export function messageOf(finding: Finding): string {
  return typeof finding === "string" ? finding : finding.message;
}
