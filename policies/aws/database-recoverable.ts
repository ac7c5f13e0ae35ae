import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

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

export const databaseRecoverable: ResourcePolicy = {
  id: "aws-database-recoverable",
  scope: "resource",
  what: "Databases and file systems are backed up, leave a snapshot when they go, and AWS too refuses to delete them.",
  why: "Pulumi's protection ends with its state; a database that is deleted in the console without a snapshot is gone.",
  severity: "high",
  standards: ["CIS AWS Foundations 2.3.2", "PCI-DSS 4: 12.10.1", "R1"],
  remediation:
    "Set backupRetentionPeriod to at least 7, deletionProtection to true, and remove skipFinalSnapshot.",
  appliesTo: (type) => databases.test(type) || caches.test(type) || type === table,
  *validate({ type, properties }) {
    // A replica can be created again from its source.
    if (at(properties, "replicateSourceDb") !== undefined || properties === unknown) return;
    for (const field of days) {
      if (at(properties, field) === 0) yield `${field} is 0, so there is no backup: set 7.`;
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
