import type { StackPolicy } from "../policy";

/** Lists the exceptions in the configuration, so that every run shows what it permits. */
export const exemptionConfigured: StackPolicy = {
  id: "exemption-configured",
  scope: "stack",
  what: "Exceptions that the stack's configuration makes are shown in every run.",
  why: "What is let pass silently is forgotten.",
  severity: "low",
  advisory: true,
  standards: ["K8"],
  remediation: "Remove the name from the policy's configuration as soon as nothing needs it.",
  *validate(_stack, _configuration, granted) {
    const keys = new Set(granted.map(({ policy, key }) => `${policy} by its ${key}`));
    for (const one of keys) {
      const lines = granted
        .filter(({ policy, key }) => one === `${policy} by its ${key}`)
        .map(({ names, reason }) => `- ${names.join(", ")}: ${reason}`);
      yield { message: [`exempt from ${one}:`, ...lines].join("\n") };
    }
  },
};
