import type * as pulumi from "@pulumi/pulumi";
import { recoverableModels } from "../../infra/recovery/models";
import { recoverablePostgresql } from "../../infra/recovery/postgresql";
import { recoverableQdrant } from "../../infra/recovery/qdrant";
import { backUp } from "../../infra/recovery/recovery";
import { recoverableRedis } from "../../infra/recovery/redis";
import type { SystemBackup } from "../../infra/systems/system";
import type { AtlasContext } from "./context";

/** The stores that are backed up, by the names of their folders. (R1, R2) */
export const backups: readonly SystemBackup[] = [
  { store: "cache" },
  { store: "model-registry", archived: true, service: "model-registry" },
  { store: "models" },
  { store: "sessions" },
  { store: "timescaledb", archived: true },
  { store: "vectors" },
];

/**
 * What 000's backup job was for: models, features (with the dump that it names) and vectors, and Redis. An hour is lost at most,
 * as 001 has it: of a database by its archive, of the others by a backup every hour. Kafka's topics are declared, and its events kept three times over. (R1, R2, 000, 001)
 */
export function createRecovery(
  name: string,
  {
    site,
    namespace,
    featureStore,
    modelRegistry,
    vectors,
    cache,
    sessions,
  }: Pick<
    AtlasContext,
    "site" | "namespace" | "featureStore" | "modelRegistry" | "vectors" | "cache" | "sessions"
  >,
  parent: pulumi.Resource,
): void {
  backUp(
    name,
    {
      site,
      namespace,
      system: { name: "atlas", backups },
      stores: (access) => [
        ...recoverableModels(site, access, namespace),
        recoverablePostgresql(featureStore, access, { dump: true }),
        ...(modelRegistry ? [recoverablePostgresql(modelRegistry.database, access)] : []),
        recoverableQdrant("vectors", vectors),
        recoverableRedis("cache", cache),
        recoverableRedis("sessions", sessions),
      ],
    },
    { parent },
  );
}
