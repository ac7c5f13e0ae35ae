import type * as pulumi from "@pulumi/pulumi";
import { PostgreSql } from "../../infra/data/postgresql";
import type { Site } from "../../infra/kit/site";
import { namespaceIn } from "./namespaces";

/**
 * Atlas' feature store: TimescaleDB, with the database `features`. (P11, 000)
 *
 * Services reach it at `featurestore:5433`, as 000's `FEATURE_STORE_URL` has it; its backup job at `timescaledb`.
 */
export function createFeatureStore(site: Site, options: pulumi.ComponentResourceOptions): PostgreSql {
  return new PostgreSql(
    "atlas-feature-store",
    {
      site,
      namespace: namespaceIn(site.environment),
      clusterName: "timescaledb",
      primaryService: "timescaledb",
      pooler: { name: "featurestore", port: 5433 },
      database: "features",
      owner: "features",
      bundle: "timescaledb-secrets",
      timescale: true,
      sizes: {
        production: { cpu: "2000m", cpuLimit: "4000m", memory: "4Gi", memoryLimit: "8Gi", storage: "100Gi" },
        staging: { cpu: "250m", cpuLimit: "1000m", memory: "1Gi", memoryLimit: "2Gi", storage: "20Gi" },
        development: { cpu: "50m", cpuLimit: "500m", memory: "256Mi", memoryLimit: "512Mi", storage: "2Gi" },
      },
    },
    options,
  );
}
