import type { BucketGrant } from "../../infra/cluster/bucket-grant";
import type { SystemInStack } from "../../infra/systems/system";
import { namespaceIn } from "./namespaces";

/** The folder of the bucket of data with production's features, anonymised. */
export const anonymisedFolder = "atlas/anonymised";

/** The folder of the bucket of models that Atlas serves from. */
const modelsFolder = "atlas";

/** What Atlas' jobs do with buckets: only production writes what is anonymised, and only staging reads it. (000) */
export function grants({ environment }: SystemInStack): readonly BucketGrant[] {
  const namespace = namespaceIn(environment);
  const anonymised = { namespace, bucket: "data", folder: anonymisedFolder } as const;
  return [
    {
      serviceAccount: "model-repository-sync",
      namespace,
      bucket: "models",
      access: "read",
      folder: modelsFolder,
    },
    ...(environment === "production"
      ? [{ ...anonymised, serviceAccount: "data-anonymiser", access: "add" } as const]
      : []),
    ...(environment === "staging"
      ? [{ ...anonymised, serviceAccount: "anonymised-data", access: "read" } as const]
      : []),
  ];
}
