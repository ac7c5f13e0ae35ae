import type * as pulumi from "@pulumi/pulumi";
import { recoverableMongodb } from "../../infra/recovery/mongodb";
import { recoverablePostgresql } from "../../infra/recovery/postgresql";
import { backUp } from "../../infra/recovery/recovery";
import { recoverableRedis } from "../../infra/recovery/redis";
import type { SystemBackup } from "../../infra/systems/system";
import type { AiMiddlewareContext } from "./context";

/** The stores that are backed up, by the names of their folders. (R1, R2) */
export const backups: readonly SystemBackup[] = [
  { store: "ai-middleware-mongodb" },
  { store: "postgres", archived: true },
  { store: "redis" },
];

/** The AI Middleware's time series, documents and cache. Its queue is declared, and its work kept three times over. (R1, R2) */
export function createRecovery(
  name: string,
  {
    site,
    namespace,
    timeSeries,
    documents,
    redis,
  }: Pick<AiMiddlewareContext, "site" | "namespace" | "timeSeries" | "documents" | "redis">,
  parent: pulumi.Resource,
): void {
  backUp(
    name,
    {
      site,
      namespace,
      system: { name: "ai-middleware", backups },
      stores: (access) => [
        recoverablePostgresql(timeSeries, access),
        recoverableMongodb(documents),
        recoverableRedis("redis", redis),
      ],
    },
    { parent },
  );
}
