import type * as pulumi from "@pulumi/pulumi";
import { modelFolder, modelsPath } from "../../infra/models/contract";
import { internet } from "../../infra/network/edge";
import { Batch } from "../workload/batch";
import { createFolderSync } from "../workload/bucket-copy";
import { createClaim } from "../workload/claim";
import { fromSecret } from "../workload/container";
import { workloadImage } from "../workload/images";
import { documentsFolder } from "./buckets";
import type { MarketResearchContext } from "./context";

/** Where the embedder finds its documents. */
const documentsPath = "/documents";

/** An hour before the index is rebuilt by default. */
const documentsSchedule = "0 1 * * *";

/**
 * Rebuilds the embeddings index on a schedule, with the version of its model that the stack names, from the documents on a
 * volume. Where there is a bucket of data, a job brings the documents from it first; elsewhere they are put on the volume by
 * hand. (N2, 004)
 */
export function createEmbedder(
  name: string,
  { site, config, namespace, index, models, secrets }: MarketResearchContext,
  after: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): Batch {
  const documents = createClaim(
    `${name}-documents`,
    { site, namespace, claim: "documents-pvc", size: "20Gi", shared: true, disposable: true },
    parent,
  );
  const { data } = site.cluster.buckets;
  if (data !== undefined) {
    createFolderSync(
      `${name}-documents-sync`,
      {
        site,
        namespace,
        workload: "documents-sync",
        bucket: data,
        folder: documentsFolder,
        claim: documents,
        mountPath: documentsPath,
        schedule: documentsSchedule,
      },
      parent,
    );
  }
  return new Batch(
    name,
    {
      site,
      namespace,
      workload: "embedder",
      image: workloadImage(site, config.images, "embedder"),
      schedule: config.embedderSchedule,
      resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
      sizedFor: ["staging", "production"],
      environment: {
        INDEX_PATH: "/index",
        DOCUMENTS_PATH: documentsPath,
        MODEL_PATH: `${modelsPath}/${modelFolder("embedder", config.modelVersion)}`,
        OPENAI_API_KEY: fromSecret(secrets, "openai-api-key"),
      },
      mounts: [
        { kind: "volume", path: "/index", claim: index },
        { kind: "volume", path: documentsPath, claim: documents, readOnly: true },
        { kind: "volume", path: modelsPath, claim: models, readOnly: true },
      ],
      calls: [{ party: internet("api.openai.com"), ports: [443] }],
      after,
    },
    { parent },
  );
}
