import { CloudError } from "../../clouds/errors";
import { matches } from "../../clouds/rules";
import { failure, holds, type Rule, refers, type Tables } from "../../clouds/table";
import { number, objects, text } from "../../clouds/values";
import { derivedUuid, regionalArn } from "./names";
import { policyDocument } from "./policy-document";
import { tokens } from "./tokens";

/** Backups in cold storage stay there for 90 days at least. */
const coldStorage: Rule = (inputs) =>
  objects(inputs, "rules.lifecycle").flatMap((lifecycle) => {
    const cold = number(lifecycle, "coldStorageAfter");
    const deleted = number(lifecycle, "deleteAfter");
    if (cold === undefined || deleted === undefined || deleted >= cold + 90) return [];
    const reason = `InvalidParameterValueException: deleteAfter ${deleted} days must be at least 90 days after coldStorageAfter ${cold}`;
    return [failure("rules", reason)];
  });

export const backup: Tables = {
  [tokens.backupVault]: {
    label: "Backup vault",
    replaces: ["name", "kmsKeyArn"],
    autoName: "name",
    alreadyExists: "AlreadyExistsException",
    rules: [matches("name", /^[A-Za-z0-9_-]{2,50}$/, "2 to 50 letters, digits, - and _")],
    links: { kmsKeyArn: refers(tokens.key) },
    identify: (inputs) => text(inputs, "name") ?? "",
    compute: regionalArn("backup", ({ id }) => `backup-vault:${id}`),
    // A plan that points to it has put recovery points there, one a day.
    admitRemoval: async ({ record }) => {
      if (record.inputs.forceDestroy === true) return;
      throw new CloudError(
        "InvalidRequestException",
        `the backup vault ${record.id} holds recovery points, and is not made with forceDestroy: delete them first`,
      );
    },
  },
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": {
    label: "Backup vault lock",
    replaces: "all",
    links: { backupVaultName: refers(tokens.backupVault) },
    identify: (inputs) => text(inputs, "backupVaultName") ?? "",
    compute: (request) => ({
      backupVaultArn: `arn:aws:backup:${request.region}:${request.account}:backup-vault:${request.id}`,
    }),
  },
  "aws:backup/vaultPolicy:VaultPolicy": {
    label: "Backup vault policy",
    replaces: ["backupVaultName"],
    rules: [policyDocument("policy", "resource", 20_480)],
    links: { backupVaultName: refers(tokens.backupVault) },
    identify: (inputs) => text(inputs, "backupVaultName") ?? "",
    compute: (request) => ({
      backupVaultArn: `arn:aws:backup:${request.region}:${request.account}:backup-vault:${request.id}`,
    }),
  },
  [tokens.backupPlan]: {
    label: "Backup plan",
    replaces: [],
    autoName: "name",
    rules: [
      coldStorage,
      matches("rules.schedule", /^cron\(\S+( \S+){5}\)$/, 'six fields, such as "cron(0 2 * * ? *)"'),
    ],
    links: {
      "rules.targetVaultName": holds(tokens.backupVault),
      // The vault of a copy may lie in another region or account.
    },
    compute: (request) => ({
      ...regionalArn("backup", ({ id }) => `backup-plan:${id}`)(request),
      version: derivedUuid(JSON.stringify(request.inputs)),
    }),
  },
  "aws:backup/selection:Selection": {
    label: "Backup selection",
    replaces: "all",
    autoName: "name",
    rules: [matches("name", /^[A-Za-z0-9_.-]{1,50}$/, "1 to 50 letters, digits and -_.")],
    links: { planId: holds(tokens.backupPlan), iamRoleArn: refers(tokens.role) },
  },
};
