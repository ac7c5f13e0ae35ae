import type { ResourcePolicy } from "../policy";
import { exemptionPrefix, exemptionsOf, mayCarryExemptions } from "./exemption";

/** Lists the valid exemptions, so that every run shows what it permits. */
export const exemptionInForce: ResourcePolicy = {
  id: "exemption-in-force",
  scope: "resource",
  what: "Exemptions in force are shown in every run.",
  why: "What is let pass silently is forgotten.",
  severity: "low",
  advisory: true,
  standards: ["K8"],
  remediation: `Remove the annotation or tag ${exemptionPrefix}<policy id> as soon as the resource no longer needs it.`,
  appliesTo: mayCarryExemptions,
  *validate(resource) {
    for (const exemption of exemptionsOf(resource)) {
      if ("fault" in exemption) continue;
      const by = exemption.owner === undefined ? "" : ` by ${exemption.owner}`;
      yield `exempt from ${exemption.policy} until ${exemption.lastDay}${by}: ${exemption.reason}`;
    }
  },
};
