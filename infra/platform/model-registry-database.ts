import type * as pulumi from "@pulumi/pulumi";
import { PostgreSql } from "../data/postgresql";
import type { Site } from "../kit/site";

/** Where MLflow keeps runs and versions of models: a small cluster of its own, so that MLflow runs in replicas. (P7, P11) */
export function createModelRegistryDatabase(
  name: string,
  { site, namespace }: { readonly site: Site; readonly namespace: string },
  options: pulumi.ComponentResourceOptions,
): PostgreSql {
  return new PostgreSql(
    name,
    {
      site,
      namespace,
      clusterName: "model-registry",
      pooler: { name: "model-registry-database" },
      database: "mlflow",
      owner: "mlflow",
      bundle: "model-registry-postgresql",
      timescale: false,
      sizes: {
        production: { cpu: "250m", cpuLimit: "1000m", memory: "1Gi", memoryLimit: "2Gi", storage: "20Gi" },
        staging: { cpu: "50m", cpuLimit: "500m", memory: "256Mi", memoryLimit: "512Mi", storage: "10Gi" },
        development: { cpu: "25m", cpuLimit: "500m", memory: "256Mi", memoryLimit: "512Mi", storage: "1Gi" },
      },
    },
    options,
  );
}
