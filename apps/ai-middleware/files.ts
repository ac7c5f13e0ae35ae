import type { Site } from "../../infra/kit/site";
import { cloudServices } from "../../infra/network/edge";
import type { ContainerArgs } from "../workload/container";
import type { Target } from "../workload/workload";

/** What a container has to have to keep files in object storage. */
export interface FilesAccess {
  readonly environment: NonNullable<ContainerArgs["environment"]>;
  readonly calls: readonly Target[];
}

/** The middleware's folder in the bucket of data: its pods' identity opens this one alone. */
export const filesFolder = "ai-middleware";

/**
 * Where the middleware keeps files: below a prefix of the bucket of data, which the pods' identity opens. Nothing, where the
 * cluster has no such bucket. (003)
 */
export function filesAccess({ cluster }: Site): FilesAccess {
  const { data } = cluster.buckets;
  if (data === undefined) return { environment: {}, calls: [] };
  return {
    environment: {
      OBJECT_STORAGE_BUCKET: data.name,
      OBJECT_STORAGE_PREFIX: `${filesFolder}/`,
      AWS_REGION: data.region,
    },
    calls: [{ party: cloudServices(...data.hosts), ports: [443] }],
  };
}
