import type { ResourcePolicy } from "../policy";
import { daysUntil, exemptionPrefix, exemptionsOf, mayCarryExemptions, unexemptable } from "./exemption";

interface Configuration {
  readonly maximumDays: number;
}

/** Refuses exemptions that do not count. */
export function exemptionValid(policies: readonly string[]): ResourcePolicy<Configuration> {
  return {
    id: "exemption-valid",
    scope: "resource",
    what: "An exemption names a policy, its last day and a reason.",
    why: "An exemption that nobody has to justify or renew is a policy switched off for good.",
    severity: "high",
    standards: ["K8"],
    remediation: `Write the annotation or AWS tag as ${exemptionPrefix}<policy id>: "2027-03-31 why it cannot be otherwise until then", or remove it.`,
    configuration: {
      maximumDays: {
        type: "integer",
        minimum: 1,
        default: 180,
        description: "How far ahead the last day of an exemption may lie, in days.",
      },
    },
    appliesTo: mayCarryExemptions,
    *validate(resource, { maximumDays }) {
      for (const exemption of exemptionsOf(resource)) {
        const where = `${exemptionPrefix}${exemption.policy}`;
        if (exemption.policy.startsWith(unexemptable)) {
          yield `${where}: nothing can be exempted from ${exemption.policy}; remove it.`;
        } else if (!policies.includes(exemption.policy)) {
          yield `${where}: there is no policy ${exemption.policy}; known are ${policies.join(", ")}.`;
        } else if ("fault" in exemption) {
          yield `${where}: ${exemption.fault}; write "<last day> <reason>" or remove it.`;
        } else if (daysUntil(exemption.lastDay) > maximumDays) {
          yield `${where}: ${exemption.lastDay} is ${daysUntil(exemption.lastDay)} days away; at most ${maximumDays} are allowed.`;
        }
      }
    },
  };
}
