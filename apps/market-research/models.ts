import type * as pulumi from "@pulumi/pulumi";
import { cloudServices } from "../../infra/network/edge";
import type { Site } from "../../infra/platform/site";
import { Batch } from "../workload/batch";
import type { EnvironmentValue } from "../workload/container";
import { workloadImage } from "../workload/images";
import type { MarketResearchContext } from ".";

/** Versions of the models that stay on the volume, to roll back to. (N3, 004) */
const keptVersions = 3;

/** The bucket of the models, as jobs are told of it: their own identity opens it, not a key. (C6, 004) */
function bucketOf(site: Site): Readonly<Record<string, EnvironmentValue>> | undefined {
  const bucket = site.cluster.buckets.models;
  return bucket && { S3_BUCKET: bucket.name, AWS_REGION: bucket.region };
}

/**
 * The jobs that move models: from the bucket to the volume whenever the stack's version changes (and to keep the last
 * three there), and training on demand, which adds to the bucket. Where the cluster has no bucket, models are put on the
 * volume by hand. (N2, N3, 004)
 */
export function createModelJobs(
  name: string,
  { site, config, namespace, models }: MarketResearchContext,
  parent: pulumi.Resource,
): { readonly synced: readonly pulumi.Resource[] } {
  const bucket = bucketOf(site);
  const hosts = site.cluster.buckets.models?.hosts ?? [];
  if (bucket === undefined) return { synced: [] };
  const sync = new Batch(
    `${name}-model-sync`,
    {
      site,
      namespace,
      workload: "model-sync",
      image: workloadImage(site, config.images, "model-sync"),
      environment: {
        ...bucket,
        MODEL_VERSION: `model-v${config.modelVersion}`,
        MODEL_CONFIG: "model_config.json",
        KEEP_VERSIONS: String(keptVersions),
        DESTINATION: "/models",
      },
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "1", memory: "1Gi" } },
      mounts: [{ kind: "volume", path: "/models", claim: models }],
      calls: [{ party: cloudServices(...hosts), ports: [443] }],
      awaited: true,
    },
    { parent },
  );
  if (config.gpuPool !== undefined) {
    new Batch(
      `${name}-model-training`,
      {
        site,
        namespace,
        workload: "model-training",
        image: workloadImage(site, config.images, "model-training"),
        environment: { ...bucket, WORLD_SIZE: String(config.trainingGpus) },
        // The seed's 8 CPUs and 32Gi are a whole node; a node keeps some of both for itself.
        resources: { requests: { cpu: "7", memory: "24Gi" }, limits: { cpu: "8", memory: "27Gi" } },
        gpus: 1,
        workers: config.trainingGpus,
        nodeSelector: { accelerator: "nvidia-gpu" },
        mounts: [
          { kind: "memory", path: "/dev/shm", size: "2Gi" },
          { kind: "scratch", path: "/workspace", size: "30Gi" },
        ],
        calls: [{ party: cloudServices(...hosts), ports: [443] }],
        onDemand: true,
        deadlineSeconds: 86_400,
      },
      { parent },
    );
  }
  return { synced: [sync.resource] };
}
