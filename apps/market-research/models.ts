import type * as pulumi from "@pulumi/pulumi";
import type { Site } from "../../infra/kit/site";
import { cloudServices } from "../../infra/network/edge";
import { Batch } from "../workload/batch";
import { createModelSync } from "../workload/bucket-copy";
import type { EnvironmentValue } from "../workload/container";
import { gpuNodes } from "../workload/gpu-nodes";
import { workloadImage } from "../workload/images";
import { models as modelNames } from "./buckets";
import type { MarketResearchContext } from "./context";

/** The models' bucket, for jobs that reach it by their own identity and not by a key. (C6, 004) */
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
  const modelBucket = site.cluster.buckets.models;
  const bucket = bucketOf(site);
  if (modelBucket === undefined || bucket === undefined) return { synced: [] };
  const { hosts } = modelBucket;
  const sync = createModelSync(
    `${name}-model-sync`,
    {
      site,
      namespace,
      workload: "model-sync",
      bucket: modelBucket,
      claim: models,
      system: "market-research",
      models: modelNames.map((model) => ({ name: model, version: config.modelVersion })),
    },
    parent,
  );
  if (config.gpuPool !== undefined) {
    new Batch(
      `${name}-model-training`,
      {
        site,
        namespace,
        workload: "model-training",
        image: workloadImage(site, config.images, "model-training"),
        environment: bucket,
        // The seed's 8 CPUs and 32Gi are a whole node; a node keeps some of both for itself.
        resources: { requests: { cpu: "7", memory: "24Gi" }, limits: { cpu: "8", memory: "27Gi" } },
        gpus: 1,
        workers: config.trainingGpus,
        // When one worker ends, the others lose it and end, too: each counts as an attempt.
        retries: config.trainingGpus,
        nodeSelector: gpuNodes(site, config.trainingPool ?? config.gpuPool),
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
