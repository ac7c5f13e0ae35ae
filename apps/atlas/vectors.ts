import type * as pulumi from "@pulumi/pulumi";
import { Qdrant } from "../../infra/data/qdrant";
import type { Site } from "../../infra/kit/site";
import { namespaceIn } from "./namespaces";

/** Atlas' vectors, at `qdrant:6333` as 000's backup job has it. (P13, 000) */
export function createVectors(site: Site, options: pulumi.ComponentResourceOptions): Qdrant {
  return new Qdrant(
    "atlas-vectors",
    {
      site,
      namespace: namespaceIn(site.environment),
      releaseName: "qdrant",
      bundle: "qdrant-credentials",
      sizes: {
        production: { cpu: "1000m", cpuLimit: "2000m", memory: "2Gi", memoryLimit: "4Gi", storage: "50Gi" },
        staging: { cpu: "100m", cpuLimit: "500m", memory: "512Mi", memoryLimit: "1Gi", storage: "10Gi" },
        development: { cpu: "25m", cpuLimit: "500m", memory: "256Mi", memoryLimit: "512Mi", storage: "2Gi" },
      },
    },
    options,
  );
}
