import type { StackPolicy } from "../policy";
import type { Resource } from "../resource";
import { at, unknown } from "../value";
import { lacksOf, mayRecord } from "./trail-events";

export const trailComplete: StackPolicy = {
  id: "aws-trail-complete",
  scope: "stack",
  what: "CloudTrail records every region and, in one trail or several, every management event; and changes to its files are detected.",
  why: "An intruder works where nothing is recorded, and removes the log lines that show it.",
  severity: "high",
  standards: ["CIS AWS Foundations 3.1, 3.2", "PCI-DSS 4: 10.2.1, 10.3.4", "K6"],
  remediation:
    "Set isMultiRegionTrail and enableLogFileValidation to true, leave enableLogging and includeGlobalServiceEvents as they are, and let one trail record all management events.",
  *validate(stack) {
    const trails = stack.ofType("aws:cloudtrail/trail:Trail");
    for (const trail of trails) {
      for (const message of settingsOf(trail)) yield { resource: trail, message };
      const others = trails.filter((other) => other !== trail && !isOff(other));
      for (const { events, remedy } of lacksOf(trail.properties)) {
        if (others.some(({ properties }) => mayRecord(properties, events))) continue;
        yield { resource: trail, message: `no trail records ${events}: ${remedy}.` };
      }
    }
  },
};

function* settingsOf({ properties }: Resource): Iterable<string> {
  if (properties === unknown) return;
  for (const field of ["isMultiRegionTrail", "enableLogFileValidation"]) {
    const value = at(properties, field);
    if (value !== true && value !== unknown) yield `${field} is not true: set it.`;
  }
  for (const field of ["enableLogging", "includeGlobalServiceEvents"]) {
    if (at(properties, field) === false) yield `${field} is false: remove it.`;
  }
}

function isOff({ properties }: Resource): boolean {
  return at(properties, "enableLogging") === false;
}
