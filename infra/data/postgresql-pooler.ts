import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import { imageReference } from "../kit/mirror";
import { memberTopology } from "../kit/placement";
import { childOptions, replicas } from "../kit/site";
import { resources } from "../kit/values";
import { type Pods, pods } from "../network/edge";
import { disruptionBudget } from "./disruption-budget";
import { apiVersion, type PostgreSqlArgs } from "./postgresql-args";
import type { Endpoint } from "./store";

const pgBouncerImage = "ghcr.io/cloudnative-pg/pgbouncer:1.25.1";

/** Where PgBouncer listens in its pods. */
export const pgBouncerPort = 5432;
const pgBouncerPortName = "pgbouncer";

interface PoolerOf {
  readonly args: PostgreSqlArgs;
  readonly endpoint: Endpoint;
  /** The database's cluster. */
  readonly cluster: pulumi.Resource;
}

/** Lets services reach a database over connections that they share. */
export function createPooler(
  name: string,
  { args: { site, namespace, clusterName, pooler }, endpoint, cluster }: PoolerOf,
  parent: pulumi.Resource,
): void {
  const instances = replicas(site, 2);
  const labels = { ...endpoint.pods.labels };
  new CustomResource(
    `${name}-pooler`,
    {
      apiVersion,
      kind: "Pooler",
      metadata: { name: pooler.name, namespace },
      spec: {
        cluster: { name: clusterName },
        type: "rw",
        instances,
        pgbouncer: {
          image: imageReference(pgBouncerImage, site.settings.mirror),
          poolMode: "transaction",
          parameters: {
            // The instances accept no older version. For clients the operator has no such setting. (001)
            server_tls_protocols: "tlsv1.3",
            max_client_conn: "1000",
            default_pool_size: "20",
            // Prepared statements of a client work although its connection changes.
            max_prepared_statements: "200",
          },
        },
        serviceTemplate: {
          spec: {
            type: "ClusterIP",
            ports: [
              {
                name: pgBouncerPortName,
                port: endpoint.port,
                targetPort: pgBouncerPortName,
                protocol: "TCP",
              },
            ],
          },
        },
        template: {
          metadata: { labels },
          spec: {
            priorityClassName: "data-store",
            affinity: {
              podAntiAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                  {
                    weight: 100,
                    podAffinityTerm: {
                      labelSelector: { matchLabels: labels },
                      topologyKey: memberTopology(site.cluster, instances),
                    },
                  },
                ],
              },
            },
            containers: [
              { name: "pgbouncer", resources: resources({ cpu: "25m", memory: "64Mi", cpuLimit: "500m" }) },
            ],
          },
        },
      },
    },
    childOptions(parent, site, namespace, cluster),
  );
  if (instances > 1) {
    disruptionBudget(
      `${name}-pooler-budget`,
      { site, pods: endpoint.pods, allowed: { maxUnavailable: 1 } },
      parent,
    );
  }
}

export function poolerPods(namespace: string, pooler: string): Pods {
  return pods(namespace, pooler, { "cnpg.io/poolerName": pooler });
}
