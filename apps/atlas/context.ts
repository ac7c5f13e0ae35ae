import type * as pulumi from "@pulumi/pulumi";
import type { Kafka } from "../../infra/data/kafka";
import type { PostgreSql } from "../../infra/data/postgresql";
import type { Qdrant } from "../../infra/data/qdrant";
import type { RedisCluster } from "../../infra/data/redis-cluster";
import type { RedisReplication } from "../../infra/data/redis-replication";
import type { Site } from "../../infra/kit/site";
import { type AllPods, type Pods, pods } from "../../infra/network/edge";
import type { ModelRegistry } from "../../infra/platform/model-registry";
import type { AtlasConfig } from "./configuration";

/** What Atlas' services share. */
export interface AtlasContext {
  readonly site: Site;
  readonly config: AtlasConfig;
  readonly namespace: string;
  /** What makes load balancers: before the Services that ask for one, and gone after them. */
  readonly loadBalancers: pulumi.Resource | undefined;
  /** Versions of models, beside the AI services; undefined where the stack does without. (000) */
  readonly modelRegistry: ModelRegistry | undefined;
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
}

/** The namespace of Atlas' other services, which are not part of this repository. (000) */
export const atlasFinancial: AllPods = { kind: "all-pods", namespace: "atlas-financial" };

/** Atlas' GraphQL gateway: in the namespace of the other services, and as 000 has it also beside the AI services. */
export const hasuraUrl = "http://hasura-service.atlas-financial:8081/v1/graphql";

/** Port of {@link hasuraUrl}. */
export const hasuraPort = 8081;

/** The gateway's pods, where they are beside the AI services. (000) */
export function hasura(namespace: string): Pods {
  return pods(namespace, "hasura", { app: "hasura" });
}

/** Label of every pod of the AI services. (000) */
export const tier = { tier: "ai-services" } as const;
