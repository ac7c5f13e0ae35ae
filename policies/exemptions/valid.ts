import type { Policy, ResourcePolicy, Severity } from "../policy";
import {
  daysUntil,
  exemptionPrefix,
  exemptionsOf,
  lackOf,
  longest,
  mayCarryExemptions,
  unexemptable,
} from "./exemption";

interface Configuration {
  readonly owners: readonly string[];
  readonly criticalDays: number;
  readonly highDays: number;
  readonly mediumDays: number;
  readonly lowDays: number;
}

function days(severity: Severity) {
  return {
    type: "integer",
    minimum: 1,
    default: longest[severity],
    description: `How far ahead the last day of an exemption from a policy of ${severity} severity may lie, in days.`,
  } as const;
}

/** Refuses invalid exemptions. */
export function exemptionValid(policies: readonly Policy[]): ResourcePolicy<Configuration> {
  const severities = new Map(policies.map(({ id, severity }) => [id, severity]));
  return {
    id: "exemption-valid",
    scope: "resource",
    what: "An exemption names a policy, its last day and a reason that says something, and an owner where the policy is critical.",
    why: "An exemption without a reason and an end turns the policy off for good.",
    severity: "high",
    standards: ["K8"],
    remediation: `Write the annotation or AWS tag as ${exemptionPrefix}<policy id>: "2027-03-31 @team why it cannot be otherwise until then", or remove it.`,
    configuration: {
      owners: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Who may answer for exemptions from critical policies, such as `@payments`. None named: anybody who is.",
      },
      criticalDays: days("critical"),
      highDays: days("high"),
      mediumDays: days("medium"),
      lowDays: days("low"),
    },
    appliesTo: mayCarryExemptions,
    *validate(resource, { owners, criticalDays, highDays, mediumDays, lowDays }) {
      const most: Readonly<Record<Severity, number>> = {
        critical: criticalDays,
        high: highDays,
        medium: mediumDays,
        low: lowDays,
      };
      for (const exemption of exemptionsOf(resource)) {
        const where = `${exemptionPrefix}${exemption.policy}`;
        const severity = severities.get(exemption.policy);
        if (exemption.policy.startsWith(unexemptable)) {
          yield `${where}: nothing can be exempted from ${exemption.policy}; remove it.`;
          continue;
        }
        if (severity === undefined) {
          yield `${where}: there is no policy ${exemption.policy}; known are ${[...severities.keys()].join(", ")}.`;
          continue;
        }
        const lack = lackOf(exemption, severity);
        if (lack !== undefined || "fault" in exemption) {
          yield `${where}: ${lack}; write "<last day> @<owner> <reason>" or remove it.`;
          continue;
        }
        const { lastDay, owner } = exemption;
        if (daysUntil(lastDay) > most[severity]) {
          yield `${where}: ${lastDay} is ${daysUntil(lastDay)} days away; at most ${most[severity]} are allowed.`;
        }
        if (severity === "critical" && owners.length > 0 && !owners.some((one) => one === owner)) {
          yield `${where}: ${owner} is none of ${owners.join(", ")}, who may answer for it.`;
        }
      }
    },
  };
}
