import type * as pulumi from "@pulumi/pulumi";
import { PostgreSql } from "../../infra/data/postgresql";
import type { Site } from "../../infra/kit/site";
import { namespaceIn } from "./namespaces";

/** AIaaS' analytics: TimescaleDB in the cluster, for the managed databases have no such extension. (P11, C12, 002) */
export function createAnalyticsDatabase(site: Site, options: pulumi.ComponentResourceOptions): PostgreSql {
  return new PostgreSql(
    "aiaas-analytics",
    {
      site,
      namespace: namespaceIn(site.environment),
      clusterName: "analytics",
      pooler: { name: "analytics-database" },
      database: "analytics",
      owner: "analytics",
      bundle: "analytics-postgresql",
      timescale: true,
      sizes: {
        production: { cpu: "500m", cpuLimit: "2000m", memory: "2Gi", memoryLimit: "4Gi", storage: "100Gi" },
        staging: { cpu: "100m", cpuLimit: "500m", memory: "512Mi", memoryLimit: "1Gi", storage: "20Gi" },
        development: { cpu: "50m", cpuLimit: "500m", memory: "256Mi", memoryLimit: "512Mi", storage: "2Gi" },
      },
    },
    options,
  );
}
