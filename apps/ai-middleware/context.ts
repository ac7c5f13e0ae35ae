import type { Environment } from "../../infra/config/environment";
import type { MongoDb } from "../../infra/data/mongodb";
import type { PostgreSql } from "../../infra/data/postgresql";
import type { Rabbitmq } from "../../infra/data/rabbitmq";
import type { RedisCluster } from "../../infra/data/redis-cluster";
import type { Site } from "../../infra/kit/site";
import type { SecretReference } from "../../infra/secrets/secret-bundles";
import type { AiMiddlewareConfig } from "./configuration";

/** What the API and its workers share. */
export interface AiMiddlewareContext {
  readonly site: Site;
  readonly config: AiMiddlewareConfig;
  readonly namespace: string;
  /** Work for the background workers. (003) */
  readonly rabbitmq: Rabbitmq;
  /** What the API caches. (003) */
  readonly redis: RedisCluster;
  readonly documents: MongoDb;
  readonly timeSeries: PostgreSql;
  /** Addresses of all stores and providers, with their keys. (003) */
  readonly secrets: SecretReference;
}

/** The environments as the application calls them. (003: LOCAL, PRODUCTION) */
export const environmentNames: Readonly<Record<Environment, string>> = {
  development: "LOCAL",
  staging: "STAGING",
  production: "PRODUCTION",
};

/** Port of the API's container: `PORT`. (003) */
export const apiPort = 8080;
