import * as pulumi from "@pulumi/pulumi";
import { namespaceOf } from "../../infra/cluster/namespaces";
import type { Kafka } from "../../infra/data/kafka";
import type { RedisCluster } from "../../infra/data/redis-cluster";
import type { RedisReplication } from "../../infra/data/redis-replication";
import type { Site } from "../../infra/platform/site";
import { createCache } from "./cache";
import { createKafka } from "./kafka";
import { createSessions } from "./sessions";

/** Arguments of {@link Atlas}. */
export interface AtlasArgs {
  readonly site: Site;
}

/** Atlas Financial's AI services. (000, 001) */
export class Atlas extends pulumi.ComponentResource {
  /** Events, features and inference results. (000) */
  readonly kafka: Kafka;
  /** What the services cache. (000) */
  readonly cache: RedisReplication;
  /** Sessions of Market Data's WebSockets. (001) */
  readonly sessions: RedisCluster;

  constructor(name: string, { site }: AtlasArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Atlas", name, {}, options);
    const namespace = namespaceOf("atlas", site.environment);
    const child = { parent: this };
    this.kafka = createKafka(`${name}-kafka`, site, namespace, child);
    this.cache = createCache(`${name}-cache`, site, namespace, child);
    this.sessions = createSessions(`${name}-sessions`, site, namespace, child);
    this.registerOutputs();
  }
}
