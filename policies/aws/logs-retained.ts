import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

interface Configuration {
  readonly minimumDays: number;
}

export const logsRetained: ResourcePolicy<Configuration> = {
  id: "aws-logs-retained",
  scope: "resource",
  what: "Log groups say how long they keep logs, and keep them long enough.",
  why: "Logs that end too soon are gone when an incident is found; kept for ever they cost more each month.",
  severity: "low",
  standards: ["PCI-DSS 4: 10.5.1", "K6"],
  remediation: "Set retentionInDays.",
  configuration: {
    minimumDays: {
      type: "integer",
      minimum: 1,
      default: 30,
      description: "The least days that logs are kept.",
    },
  },
  appliesTo: (type) => type === "aws:cloudwatch/logGroup:LogGroup",
  *validate({ properties }, { minimumDays }) {
    const days = at(properties, "retentionInDays") ?? 0;
    if (days === unknown || typeof days !== "number") return;
    if (days === 0)
      yield `retentionInDays is not set, which keeps logs for ever: set at least ${minimumDays}.`;
    else if (days < minimumDays) yield `retentionInDays is ${days}: set at least ${minimumDays}.`;
  },
};
