import type * as pulumi from "@pulumi/pulumi";
import { recoverableManagedPostgresql } from "../../infra/recovery/managed-postgresql";
import { recoverablePostgresql } from "../../infra/recovery/postgresql";
import { backUp } from "../../infra/recovery/recovery";
import { recoverableRedis } from "../../infra/recovery/redis";
import type { SystemBackup } from "../../infra/systems/system";
import type { AiaasContext } from "./context";
import { managedDatabaseName } from "./user-organization-database";

/** The stores that are backed up, by the names of their folders. (R1, R2) */
export const backups: readonly SystemBackup[] = [
  { store: "analytics", archived: true },
  { store: "redis" },
  { store: "user-organization", archived: true },
];

/**
 * AIaaS' databases and its Redis. RabbitMQ's queues are declared, and its messages kept three times over. (R1, R2, 002)
 */
export function createRecovery(
  name: string,
  {
    site,
    namespace,
    analyticsDatabase,
    userOrganizationDatabase,
    redis,
  }: Pick<AiaasContext, "site" | "namespace" | "analyticsDatabase" | "userOrganizationDatabase" | "redis">,
  parent: pulumi.Resource,
): void {
  const { inCluster, managed, credentials } = userOrganizationDatabase;
  backUp(
    name,
    {
      site,
      namespace,
      system: { name: "aiaas", backups },
      stores: (access) => [
        recoverablePostgresql(analyticsDatabase, access),
        ...(inCluster ? [recoverablePostgresql(inCluster, access)] : []),
        ...(managed
          ? [
              recoverableManagedPostgresql({
                name: "user-organization",
                managed,
                credentials,
                database: managedDatabaseName,
                storage: "20Gi",
              }),
            ]
          : []),
        recoverableRedis("redis", redis),
      ],
    },
    { parent },
  );
}
