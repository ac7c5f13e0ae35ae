import type * as pulumi from "@pulumi/pulumi";
import { MongoDb } from "../../infra/data/mongodb";
import type { Site } from "../../infra/kit/site";
import { namespace } from "./namespaces";

/** The AI Middleware's documents: MongoDB. (P12, 003) */
export function createDocuments(site: Site, options: pulumi.ComponentResourceOptions): MongoDb {
  return new MongoDb(
    "ai-middleware-documents",
    {
      site,
      namespace,
      replicaSet: "ai-middleware-mongodb",
      database: "ai_middleware",
      user: "ai-middleware-user",
      bundle: "mongodb-secret",
      sizes: {
        production: { cpu: "500m", cpuLimit: "1000m", memory: "1Gi", memoryLimit: "2Gi", storage: "100Gi" },
        staging: { cpu: "100m", cpuLimit: "500m", memory: "512Mi", memoryLimit: "1Gi", storage: "20Gi" },
        development: { cpu: "50m", cpuLimit: "500m", memory: "384Mi", memoryLimit: "768Mi", storage: "2Gi" },
      },
    },
    options,
  );
}
