import { isExempt } from "./exemptions/exemption";
import type { Configurations, Remediable, Resource, ResourcePolicy } from "./policy";

/** Something wrong with a resource: what it is, or that with how it is put right. */
export type Finding = string | Remediable;

/** What a policy finds at a resource; nothing where the resource is, or may be, exempt from it. */
export function findingsOf(
  policy: ResourcePolicy,
  resource: Resource,
  configuration: object,
  configurationOf?: Configurations,
): readonly Finding[] {
  const found = [...policy.validate(resource, configuration, configurationOf)];
  return found.length > 0 && isExempt(resource, policy.id) === "no" ? found : [];
}

export function messageOf(finding: Finding): string {
  return typeof finding === "string" ? finding : finding.message;
}
