import type { ResourcePolicy } from "../policy";
import { at, items, unknown, type Value } from "../value";

interface Configuration {
  readonly minimumDays: number;
}

const databases =
  /^aws:((rds|docdb|neptune|redshift)\/(instance|cluster)|lightsail\/database|neptunegraph\/graph|dsql\/cluster|fsx\/\w+):/;
const caches = /^aws:(elasticache\/replicationGroup|memorydb\/cluster):/;
const table = "aws:dynamodb/table:Table";

/** How long backups are kept, by the service's name for it. */
const days = [
  "backupRetentionPeriod",
  "automatedSnapshotRetentionPeriod",
  "automaticBackupRetentionDays",
  "snapshotRetentionLimit",
];

const plan = "aws:backup/plan:Plan";

export const databaseRecoverable: ResourcePolicy<Configuration> = {
  id: "aws-database-recoverable",
  scope: "resource",
  what: "Databases and file systems are backed up for long enough, leave a snapshot when they go, and AWS too refuses to delete them.",
  why: "Pulumi's protection ends with its state; a database that is deleted in the console without a snapshot is gone.",
  severity: "high",
  standards: ["CIS AWS Foundations 2.3.2", "PCI-DSS 4: 12.10.1", "R1"],
  remediation:
    "Set backupRetentionPeriod to at least 7, deletionProtection to true, and remove skipFinalSnapshot.",
  configuration: {
    minimumDays: {
      type: "integer",
      minimum: 1,
      default: 7,
      description: "The least days that backups are kept.",
    },
  },
  appliesTo: (type) => databases.test(type) || caches.test(type) || [table, plan].includes(type),
  *validate({ type, properties }, { minimumDays }) {
    // A replica can be created again from its source.
    if (at(properties, "replicateSourceDb") !== undefined || properties === unknown) return;
    for (const field of days) {
      const kept = at(properties, field);
      if (typeof kept !== "number" || kept >= minimumDays) continue;
      yield `${field} is ${kept}${kept === 0 ? ", so there is no backup" : ""}: set at least ${minimumDays}.`;
    }
    const longest = longestOf(properties);
    if (longest !== undefined && longest < minimumDays) {
      yield `rules[].lifecycle.deleteAfter is at most ${longest}: set at least ${minimumDays} in one of them.`;
    }
    for (const field of ["skipFinalSnapshot", "skipFinalBackup"]) {
      if (at(properties, field) === true) yield `${field} is true: remove it.`;
    }
    if (at(properties, "backupRetentionEnabled") === false)
      yield "backupRetentionEnabled is false: remove it.";
    for (const field of ["deletionProtection", "deletionProtectionEnabled"]) {
      if (at(properties, field) === false) yield `${field} is false: set true.`;
    }
    const recovery = at(properties, "pointInTimeRecovery", "enabled");
    if (recovery === false || (recovery === undefined && type === table)) {
      yield `pointInTimeRecovery.enabled is ${recovery === false ? "false" : "not set"}, so there is no backup: set true.`;
    }
  },
};

/** How long the rules of a plan certainly keep backups at most, in days; undefined when one may keep them longer. */
function longestOf(properties: Value): number | undefined {
  const rules = items(at(properties, "rules"));
  const days = rules.map((rule) => at(rule, "lifecycle", "deleteAfter"));
  const known = days.filter((one) => typeof one === "number");
  return rules.length > 0 && known.length === days.length ? Math.max(...known) : undefined;
}
