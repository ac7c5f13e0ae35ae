import type * as pulumi from "@pulumi/pulumi";
import { PostgreSql } from "../../infra/data/postgresql";
import type { Site } from "../../infra/kit/site";
import { namespace } from "./namespaces";

/** The AI Middleware's time series: TimescaleDB, with the database `ai_middleware`. (P11, 003) */
export function createTimeSeries(site: Site, options: pulumi.ComponentResourceOptions): PostgreSql {
  return new PostgreSql(
    "ai-middleware-time-series",
    {
      site,
      namespace,
      clusterName: "postgres",
      primaryService: "postgres",
      pooler: { name: "timescale" },
      database: "ai_middleware",
      owner: "ai_middleware",
      bundle: "postgres-secret",
      timescale: true,
      sizes: {
        production: { cpu: "500m", cpuLimit: "1000m", memory: "1Gi", memoryLimit: "2Gi", storage: "100Gi" },
        staging: { cpu: "100m", cpuLimit: "500m", memory: "512Mi", memoryLimit: "1Gi", storage: "20Gi" },
        development: { cpu: "50m", cpuLimit: "500m", memory: "256Mi", memoryLimit: "512Mi", storage: "2Gi" },
      },
    },
    options,
  );
}
