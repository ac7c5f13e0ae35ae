import type * as pulumi from "@pulumi/pulumi";
import { cloudServices } from "../../infra/network/edge";
import { Batch, type BatchArgs } from "../workload/batch";
import { fromSecret } from "../workload/container";
import { workloadImage } from "../workload/images";
import { anonymisedFolder } from "./buckets";
import { type AtlasContext, tier } from "./context";

/** The jobs that make an environment's data. They run after the backups, in the order in which they feed each other. */
const jobs = {
  /** Synthetic and sample data, made by the image alone. */
  development: { workload: "sample-data", schedule: "0 3 * * *", bucket: false },
  /** Loads what production's anonymiser wrote, once it is in this stack's own bucket. */
  staging: { workload: "anonymised-data", schedule: "0 6 * * *", bucket: true },
  /** Reads the features, and writes them without personal data. */
  production: { workload: "data-anonymiser", schedule: "0 4 * * *", bucket: true },
} as const;

/**
 * The data that an environment works on: synthetic and samples in development, production's anonymised in staging. What a job
 * does with a row is its image's, an input of the stack. Each knows its own stack's features and bucket only: staging needs no
 * secret of production. (000, D7)
 */
export function createData(
  name: string,
  { site, config, namespace, featureStore }: AtlasContext,
  parent: pulumi.Resource,
): void {
  const { workload, schedule, bucket: needsBucket } = jobs[site.environment];
  const { data: bucket } = site.cluster.buckets;
  if (needsBucket && bucket === undefined) return;
  const access: Pick<BatchArgs, "environment" | "calls"> =
    needsBucket && bucket !== undefined
      ? {
          environment: {
            DATA_BUCKET: bucket.name,
            DATA_PREFIX: `${anonymisedFolder}/`,
            AWS_REGION: bucket.region,
          },
          calls: [{ party: cloudServices(...bucket.hosts), ports: [443] }],
        }
      : {};
  new Batch(
    `${name}-${workload}`,
    {
      site,
      namespace,
      workload,
      image: workloadImage(site, config.images, workload),
      labels: tier,
      schedule,
      environment: {
        ENVIRONMENT: site.environment,
        FEATURE_STORE_URL: fromSecret(featureStore.credentials, "url"),
        ...access.environment,
      },
      resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "1000m", memory: "2Gi" } },
      mounts: [{ kind: "scratch", path: "/workspace", size: "10Gi" }],
      calls: [featureStore.endpoints.pooled, ...(access.calls ?? [])],
    },
    { parent },
  );
}
