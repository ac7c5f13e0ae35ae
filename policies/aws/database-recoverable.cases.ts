import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { databaseRecoverable } from "./database-recoverable";

const resource = (type: string, properties: Values): Sample => ({ type: `aws:${type}`, properties });

export const databaseRecoverableCases: Cases = {
  policy: databaseRecoverable,
  catches: [
    {
      name: "no backups, no last snapshot, nothing in the way",
      resources: [
        resource("rds/instance:Instance", {
          backupRetentionPeriod: 0,
          skipFinalSnapshot: true,
          deletionProtection: false,
        }),
      ],
      violations: [
        "sample: backupRetentionPeriod is 0, so there is no backup: set at least 7.",
        "sample: skipFinalSnapshot is true: remove it.",
        "sample: deletionProtection is false: set true.",
      ],
    },
    {
      name: "backups that are gone before the fault is found, and a stack that asks for more",
      resources: [
        resource("rds/instance:Instance", { backupRetentionPeriod: 14 }),
        resource("backup/plan:Plan", {
          rules: [{ ruleName: "daily", lifecycle: { deleteAfter: 1 } }, { lifecycle: { deleteAfter: 20 } }],
        }),
      ],
      configuration: { minimumDays: 30 },
      violations: [
        "sample: backupRetentionPeriod is 14: set at least 30.",
        "sample: rules[].lifecycle.deleteAfter is at most 20: set at least 30 in one of them.",
      ],
    },
    {
      name: "a table and a cache without",
      resources: [
        resource("dynamodb/table:Table", { pointInTimeRecovery: { enabled: false } }),
        resource("dynamodb/table:Table", { hashKey: "id" }),
        resource("elasticache/replicationGroup:ReplicationGroup", { snapshotRetentionLimit: 0 }),
      ],
      violations: [
        "sample: pointInTimeRecovery.enabled is false, so there is no backup: set true.",
        "sample: pointInTimeRecovery.enabled is not set, so there is no backup: set true.",
        "sample: snapshotRetentionLimit is 0, so there is no backup: set at least 7.",
      ],
    },
    {
      name: "a warehouse and a file system without",
      resources: [
        resource("redshift/cluster:Cluster", {
          automatedSnapshotRetentionPeriod: 0,
          skipFinalSnapshot: true,
        }),
        resource("fsx/openZfsFileSystem:OpenZfsFileSystem", {
          automaticBackupRetentionDays: 0,
          skipFinalBackup: true,
        }),
        resource("lightsail/database:Database", { backupRetentionEnabled: false }),
      ],
      violations: [
        "sample: automatedSnapshotRetentionPeriod is 0, so there is no backup: set at least 7.",
        "sample: skipFinalSnapshot is true: remove it.",
        "sample: automaticBackupRetentionDays is 0, so there is no backup: set at least 7.",
        "sample: skipFinalBackup is true: remove it.",
        "sample: backupRetentionEnabled is false: remove it.",
      ],
    },
  ],
  passes: [
    {
      name: "backups and protection, and a replica that needs none",
      resources: [
        resource("rds/cluster:Cluster", { backupRetentionPeriod: 14, deletionProtection: true }),
        resource("backup/plan:Plan", {
          rules: [{ ruleName: "hourly", lifecycle: { deleteAfter: 2 } }, { lifecycle: { deleteAfter: 35 } }],
        }),
        resource("backup/plan:Plan", { rules: [{ ruleName: "for ever" }] }),
        resource("rds/instance:Instance", { replicateSourceDb: "main", backupRetentionPeriod: 0 }),
        resource("dynamodb/table:Table", { pointInTimeRecovery: { enabled: true } }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its name is not known",
        resources: [resource("rds/instance:Instance", { identifier: unknown, skipFinalSnapshot: true })],
        violations: ["sample: skipFinalSnapshot is true: remove it."],
      },
    ],
    passes: [
      { name: "not known", resources: [resource("rds/instance:Instance", { skipFinalSnapshot: unknown })] },
      {
        name: "whether a table can be recovered is not known",
        resources: [resource("dynamodb/table:Table", { pointInTimeRecovery: unknown })],
      },
    ],
  },
  faults: [
    faults.beside(/:Vpc$/, "aws:rds/instance:Instance", { storageEncrypted: true, skipFinalSnapshot: true }),
    faults.beside(/:Vpc$/, "aws:rds/cluster:Cluster", { storageEncrypted: true, backupRetentionPeriod: 0 }),
    faults.beside(/:Vpc$/, "aws:dynamodb/table:Table", { hashKey: "id" }),
  ],
};
