import type { Site } from "../../infra/kit/site";
import { cloudServices } from "../../infra/network/edge";
import type { ContainerArgs } from "../workload/container";
import type { Mount } from "../workload/mounts";
import type { Target } from "../workload/workload";
import { secretsFolder } from "./context";

/** What a service needs to write exports into the bucket. */
export interface ExportsAccess {
  readonly environment: NonNullable<ContainerArgs["environment"]>;
  readonly mounts: readonly Mount[];
  readonly calls: readonly Target[];
}

/**
 * Access to the private bucket for what users export from Analytics. They fetch an export by a link that Analytics signs. Empty
 * where the cluster has no such bucket. (C8, 002)
 */
export function exportsAccess({ cluster, secrets }: Site, namespace: string): ExportsAccess {
  const bucket = cluster.buckets.exports;
  if (bucket === undefined) return { environment: {}, mounts: [], calls: [] };
  const { name, region, endpoint, hosts, key } = bucket;
  const secret =
    key &&
    secrets.provide(namespace, "analytics-exports", {
      "access-key": key.accessKey,
      "secret-key": key.secretKey,
    });
  const folder = `${secretsFolder}/exports`;
  return {
    environment: {
      EXPORTS_BUCKET: name,
      EXPORTS_REGION: region,
      ...(endpoint !== undefined && { EXPORTS_ENDPOINT: endpoint }),
      ...(secret && {
        EXPORTS_ACCESS_KEY_FILE: `${folder}/access-key`,
        EXPORTS_SECRET_KEY_FILE: `${folder}/secret-key`,
      }),
    },
    mounts: secret ? [{ kind: "secret", path: folder, secret }] : [],
    calls: [{ party: cloudServices(...hosts), ports: [443] }],
  };
}
