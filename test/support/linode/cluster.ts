import type { z } from "zod";
import type { linodeSchema } from "../../../infra/config/linode-schema";

export const bucket = "linode:index/objectStorageBucket:ObjectStorageBucket";

export const key = "linode:index/objectStorageKey:ObjectStorageKey";

export const database = "linode:index/databasePostgresqlV2:DatabasePostgresqlV2";

export const kubernetesProvider = "pulumi:providers:kubernetes";

export const owned = {
  cloud: "linode",
  region: "fr-par",
  cluster: { name: "aiaas-prod", version: "1.35", controlPlaneCidrs: ["203.0.113.0/24", "2001:db8::/32"] },
  nodePools: {
    baseline: {
      plan: "g6-standard-8",
      nodes: 6,
      autoscaler: { minimum: 3, maximum: 10 },
      labels: { "workload-type": "baseline" },
    },
    gpu: {
      plan: "g2-gpu-rtx4000a2-s",
      nodes: 2,
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
    },
  },
} as const satisfies z.input<typeof linodeSchema>;

export const withData = {
  ...owned,
  objectStorage: {
    buckets: {
      exports: { label: "aiaas-prod-exports", versioning: false },
      backups: { label: "aiaas-prod-backups", expireAfterDays: 30, expireOldVersionsAfterDays: 7 },
    },
    keys: { velero: { backups: "read_write" }, reports: { exports: "read_only" } },
  },
  databases: {
    "user-organization": {
      managed: true,
      label: "aiaas-prod-users",
      plan: "g6-dedicated-2",
      clientCidrs: ["203.0.113.0/24"],
      maintenance: { day: "monday", hour: 0 },
    },
  },
  dns: {
    domain: "aiaas.example.com",
    contact: "platform@example.com",
    records: [
      { name: "@", type: "MX", target: "mail.example.com", priority: 0 },
      { name: "status", type: "CNAME", target: "status.example.net" },
    ],
  },
} as const satisfies z.input<typeof linodeSchema>;

beforeEach(() => {
  process.env.LINODE_TOKEN = "a-token";
});
