import * as pulumi from "@pulumi/pulumi";
import { namespaceOf } from "../../infra/cluster/namespaces";
import type { MongoDb } from "../../infra/data/mongodb";
import type { PostgreSql } from "../../infra/data/postgresql";
import type { Rabbitmq } from "../../infra/data/rabbitmq";
import type { RedisCluster } from "../../infra/data/redis-cluster";
import type { DataOperators } from "../../infra/platform/data-operators";
import type { Site } from "../../infra/platform/site";
import type { SecretReference } from "../../infra/secrets/secret-bundles";
import { partAfter } from "../after";
import { createDocuments } from "./documents";
import { createRabbitmq } from "./rabbitmq";
import { createRedis } from "./redis";
import { createTimeSeries } from "./time-series";

/** Arguments of {@link AiMiddleware}. */
export interface AiMiddlewareArgs {
  readonly site: Site;
  /** What looks after the system's data stores. */
  readonly operators: DataOperators;
}

/** The AI Middleware. (003) */
export class AiMiddleware extends pulumi.ComponentResource {
  /** Work for the background workers. (003) */
  readonly rabbitmq: Rabbitmq;
  /** What the API caches. (003) */
  readonly redis: RedisCluster;
  readonly documents: MongoDb;
  readonly timeSeries: PostgreSql;
  /** Where the containers find every store. (003) */
  readonly secrets: SecretReference;

  constructor(
    name: string,
    { site, operators }: AiMiddlewareArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:apps:AiMiddleware", name, {}, options);
    const namespace = namespaceOf("ai-middleware", "shared");
    this.rabbitmq = createRabbitmq(`${name}-rabbitmq`, site, namespace, partAfter(this, operators.rabbitmq));
    this.redis = createRedis(`${name}-redis`, site, namespace, partAfter(this, operators.redis));
    this.documents = createDocuments(site, partAfter(this, operators.mongodb));
    this.timeSeries = createTimeSeries(site, partAfter(this, operators.postgresql));
    this.secrets = site.secrets.provide(namespace, "ai-middleware-secrets", {
      "mongodb-uri": this.documents.connectionString,
      "timescale-uri": this.timeSeries.connectionString,
      "redis-uri": this.redis.connectionString,
      "rabbitmq-uri": this.rabbitmq.connectionString,
    });
    this.registerOutputs();
  }
}
