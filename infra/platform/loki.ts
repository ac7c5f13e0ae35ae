import type { Environment } from "../config/environment";
import { hasMonitors } from "../kit/monitors";
import { memberAffinity } from "../kit/placement";
import { guestsOf, namespacesOf, replicas, type Site } from "../kit/site";
import { type Resources, resources, type Values } from "../kit/values";
import { type Pods, pods } from "../network/edge";
import { bucketEnvironment, type TelemetryBucket } from "./telemetry-bucket";

/** Port of Loki's API, of its pods and its Service alike. */
export const lokiPort = 3100;

/** Ports on which Loki's replicas call each other: gRPC, and their ring. */
export const lokiPeerPorts = [9095, 7946] as const;

/** The service account that may use the bucket for logs; on AWS its role is made by this name. */
export const lokiServiceAccount = "loki";

/** How long logs are kept, by the environment that wrote them. (P3, 002) */
export const logRetention: Readonly<Record<Environment, string>> = {
  development: "168h",
  staging: "336h",
  production: "720h",
};

const sizes: Readonly<Record<Environment, Resources>> = {
  development: { cpu: "25m", memory: "256Mi", cpuLimit: "500m" },
  staging: { cpu: "100m", memory: "512Mi", cpuLimit: "500m" },
  production: { cpu: "500m", memory: "2Gi" },
};

/** The name of the logs' tenants: the environments whose pods run on the cluster. (P3, 002) */
export function tenantsOf(site: Site): readonly Environment[] {
  return [...new Set([site.environment, ...guestsOf(site).map(({ environment }) => environment)])];
}

/** The Loki of a site's cluster. */
export function loki(site: Site): Pods {
  return pods(namespacesOf(site).logging, "loki", { "app.kubernetes.io/name": "loki" });
}

/** Host name of Loki. */
export function lokiHost(site: Site): string {
  return `loki.${namespacesOf(site).logging}.svc`;
}

/** Base URL of Loki. Every call names its tenant in the header `X-Scope-OrgID`. */
export function lokiUrl(site: Site): string {
  return `http://${lokiHost(site)}:${lokiPort}`;
}

/**
 * Values of Loki: every part in one binary, with three replicas that hold each line three times where there is a bucket
 * to share, and alone on a volume where there is none. (P3, 002)
 */
export function lokiValues(site: Site, bucket: TelemetryBucket | undefined): Values {
  const copies = bucket === undefined ? 1 : replicas(site, 3);
  const store = bucket === undefined ? "filesystem" : "s3";
  return {
    deploymentMode: "Monolithic",
    serviceAccount: { name: lokiServiceAccount },
    loki: {
      auth_enabled: true,
      analytics: { reporting_enabled: false },
      commonConfig: { replication_factor: copies },
      storage: { type: store, ...(bucket && storage(bucket)) },
      schemaConfig: {
        configs: [
          {
            from: "2026-01-01",
            store: "tsdb",
            object_store: store,
            schema: "v13",
            index: { prefix: "index_", period: "24h" },
          },
        ],
      },
      limits_config: { retention_period: logRetention[site.environment], ...acceptedRates },
      compactor: { retention_enabled: true, delete_request_store: store },
      runtimeConfig: {
        overrides: Object.fromEntries(
          tenantsOf(site).map((tenant) => [tenant, { retention_period: logRetention[tenant] }]),
        ),
      },
    },
    singleBinary: {
      replicas: copies,
      resources: resources(sizes[site.environment]),
      priorityClassName: "data-store",
      podDisruptionBudget: { enabled: copies > 1, maxUnavailable: 1 },
      affinity: memberAffinity(site.cluster, copies, loki(site).labels),
      persistence: {
        size: bucket === undefined ? "20Gi" : "10Gi",
        storageClass: "standard",
        enableStatefulSetAutoDeletePVC: !site.protectData,
      },
      ...(bucket && bucketEnvironment(bucket)),
    },
    monitoring: { serviceMonitor: { enabled: hasMonitors(site) } },
    ...without,
  };
}

/**
 * Rates of one tenant and of one stream. Streams have no pod in them, so all replicas of a service are one; after a fault every
 * node sends at once what waited on it. Loki's own limits (4 MB/s a tenant, 3 MB/s a stream) refuse both.
 */
const acceptedRates: Values = {
  ingestion_rate_mb: 32,
  ingestion_burst_size_mb: 64,
  per_stream_rate_limit: "16MB",
  per_stream_rate_limit_burst: "64MB",
  allow_structured_metadata: true,
};

function storage({ name, region, url }: TelemetryBucket): Values {
  return {
    bucketNames: { chunks: name, ruler: name, admin: name },
    s3: { region, ...(url !== undefined && { endpoint: url }) },
  };
}

/** Parts of the chart that these logs do without: the deprecated mode's pods, caches larger than what they hold, rules. */
const without: Values = {
  read: { replicas: 0 },
  write: { replicas: 0 },
  backend: { replicas: 0 },
  gateway: { enabled: false },
  chunksCache: { enabled: false },
  resultsCache: { enabled: false },
  lokiCanary: { enabled: false },
  sidecar: { rules: { enabled: false } },
  test: { enabled: false },
};
