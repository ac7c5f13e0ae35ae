import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

interface Configuration {
  readonly maximumSeconds: number;
}

export const helmAtomic: ResourcePolicy<Configuration> = {
  id: "helm-atomic",
  scope: "resource",
  what: "Helm releases go back when they fail, clean up, and give up in time.",
  why: "A release that stops half-way blocks every later one, and one that waits for ever blocks the whole run.",
  severity: "medium",
  standards: ["K7"],
  remediation: "Set atomic and cleanupOnFail to true, and timeout to at most the policy's maximumSeconds.",
  configuration: {
    maximumSeconds: {
      type: "integer",
      minimum: 1,
      default: 1800,
      description: "The longest timeout, in seconds; Helm's own is 300.",
    },
  },
  remediates: "Sets atomic and cleanupOnFail to true.",
  appliesTo: (type) => /^kubernetes:helm\.sh\/v3:Release$/.test(type),
  *validate({ properties }, { maximumSeconds }) {
    for (const field of ["atomic", "cleanupOnFail"]) {
      const value = at(properties, field);
      if (value === true || value === unknown) continue;
      yield { message: `${field} is not true: set it.`, path: field, value: true };
    }
    if (at(properties, "skipAwait") === true)
      yield "skipAwait is true, so a failure is not noticed: remove it.";
    const timeout = at(properties, "timeout");
    if (typeof timeout === "number" && timeout > maximumSeconds) {
      yield `timeout is ${timeout}: set at most ${maximumSeconds}.`;
    }
  },
};
