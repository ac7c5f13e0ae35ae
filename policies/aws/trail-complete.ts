import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

export const trailComplete: ResourcePolicy = {
  id: "aws-trail-complete",
  scope: "resource",
  what: "CloudTrail records every region, and changes to its files are detected.",
  why: "An intruder works in a region that is not watched, and removes the log lines that show it.",
  severity: "high",
  standards: ["CIS AWS Foundations 3.1, 3.2", "PCI-DSS 4: 10.2.1, 10.3.4", "K6"],
  remediation:
    "Set isMultiRegionTrail and enableLogFileValidation to true, and leave enableLogging and includeGlobalServiceEvents as they are.",
  appliesTo: (type) => type === "aws:cloudtrail/trail:Trail",
  *validate({ properties }) {
    if (properties === unknown) return;
    for (const field of ["isMultiRegionTrail", "enableLogFileValidation"]) {
      const value = at(properties, field);
      if (value !== true && value !== unknown) yield `${field} is not true: set it.`;
    }
    for (const field of ["enableLogging", "includeGlobalServiceEvents"]) {
      if (at(properties, field) === false) yield `${field} is false: remove it.`;
    }
  },
};
