import type { BucketGrant } from "../../infra/cluster/bucket-grant";
import type { SystemInStack } from "../../infra/systems/system";
import { namespace } from "./namespaces";

/** The folder of the data bucket that documents are put into. */
export const documentsFolder = "market-research/documents";

/** The folder of the bucket of models that the services load from and training adds to. */
const modelsFolder = "market-research";

/** The models that the services load. (004) */
export const models = ["embedder", "ner"] as const;

/** What the jobs do with buckets. Models are trained where there are cards alone. (004) */
export function grants({ settings }: SystemInStack): readonly BucketGrant[] {
  const ofModels = { namespace, bucket: "models", folder: modelsFolder } as const;
  return [
    { ...ofModels, serviceAccount: "model-sync", access: "read" },
    {
      serviceAccount: "documents-sync",
      namespace,
      bucket: "data",
      access: "read",
      folder: documentsFolder,
    },
    ...(settings.gpuPool === undefined
      ? []
      : [{ ...ofModels, serviceAccount: "model-training", access: "add" } as const]),
  ];
}
