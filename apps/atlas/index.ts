import * as pulumi from "@pulumi/pulumi";
import { namespaceOf } from "../../infra/cluster/namespaces";
import type { Kafka } from "../../infra/data/kafka";
import type { PostgreSql } from "../../infra/data/postgresql";
import type { Qdrant } from "../../infra/data/qdrant";
import type { RedisCluster } from "../../infra/data/redis-cluster";
import type { RedisReplication } from "../../infra/data/redis-replication";
import type { DataOperators } from "../../infra/platform/data-operators";
import type { Site } from "../../infra/platform/site";
import { partAfter } from "../after";
import { createCache } from "./cache";
import { createFeatureStore } from "./feature-store";
import { createKafka } from "./kafka";
import { createSessions } from "./sessions";
import { createVectors } from "./vectors";

/** Arguments of {@link Atlas}. */
export interface AtlasArgs {
  readonly site: Site;
  /** What looks after the system's data stores. */
  readonly operators: DataOperators;
}

/** Atlas Financial's AI services. (000, 001) */
export class Atlas extends pulumi.ComponentResource {
  /** Events, features and inference results. (000) */
  readonly kafka: Kafka;
  /** What the services cache. (000) */
  readonly cache: RedisReplication;
  /** Sessions of Market Data's WebSockets. (001) */
  readonly sessions: RedisCluster;
  /** Features of the models. (000) */
  readonly featureStore: PostgreSql;
  /** Embeddings. (000) */
  readonly vectors: Qdrant;

  constructor(name: string, { site, operators }: AtlasArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Atlas", name, {}, options);
    const namespace = namespaceOf("atlas", site.environment);
    this.kafka = createKafka(`${name}-kafka`, site, namespace, partAfter(this, operators.kafka));
    this.cache = createCache(`${name}-cache`, site, namespace, partAfter(this, operators.redis));
    this.sessions = createSessions(`${name}-sessions`, site, namespace, partAfter(this, operators.redis));
    this.featureStore = createFeatureStore(site, partAfter(this, operators.postgresql));
    this.vectors = createVectors(site, { parent: this });
    this.registerOutputs();
  }
}
