import type { PostgreSql } from "../../infra/data/postgresql";
import type { Rabbitmq } from "../../infra/data/rabbitmq";
import type { RedisReplication } from "../../infra/data/redis-replication";
import type { Site } from "../../infra/kit/site";
import { type Autoscaling, eager } from "../workload/autoscaling";
import type { Probes } from "../workload/probes";
import type { AiaasConfig } from "./configuration";
import type { UserOrganizationDatabase } from "./user-organization-database";
import type { ModelServer } from "./vllm";

/** What AIaaS' services share. */
export interface AiaasContext {
  readonly site: Site;
  readonly config: AiaasConfig;
  /** The environment's own. (D3) */
  readonly namespace: string;
  /** Usage events, from the API Router to Analytics. (002) */
  readonly rabbitmq: Rabbitmq;
  /** Rate limits, sessions and freshness, each in a database of its own. (002) */
  readonly redis: RedisReplication;
  /** The events that Analytics evaluates, by time. (002) */
  readonly analyticsDatabase: PostgreSql;
  readonly userOrganizationDatabase: UserOrganizationDatabase;
  /** Address of the models; undefined where none are served. */
  readonly models: ModelServer | undefined;
}

/** Two to ten replicas, three to begin with, by CPU and memory. (B1, 002) */
export const scaling: Autoscaling = {
  minimum: 2,
  maximum: 10,
  initial: 3,
  cpu: 70,
  memory: 80,
  behaviour: eager,
};

/** Ports of every service: one for callers, and one for Prometheus that the ingress does not serve. */
export const ports = { http: 8080, metrics: 9090 } as const;

/** Checks of every service. */
export const probes: Probes = {
  liveness: { path: "/healthz", port: "http", periodSeconds: 10, timeoutSeconds: 5 },
  readiness: { path: "/readyz", port: "http", periodSeconds: 5, timeoutSeconds: 3 },
};

/** The folder with a service's secrets, a folder for each. They are never in its environment. (D6, 002) */
export const secretsFolder = "/etc/secrets";

/**
 * The account of a service whose database in the cluster has the service's name. It needs another name: CloudNativePG uses the
 * ServiceAccount with the database's name for the database, with the rights of that.
 */
export function databaseClient(workload: string): string {
  return `${workload}-service`;
}
