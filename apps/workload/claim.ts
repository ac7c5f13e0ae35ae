import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { childOptions, type Site } from "../../infra/kit/site";

/** Arguments of {@link createClaim}. */
export interface ClaimArgs {
  readonly site: Site;
  readonly namespace: string;
  readonly claim: string;
  /** Whether pods on several nodes mount it at once; where the cluster has a class for that. @default false */
  readonly shared?: boolean;
  /** For example `100Gi`. */
  readonly size: string;
  /** Whether its data can be restored from elsewhere. @default false: the claim is protected where data is */
  readonly disposable?: boolean;
}

/**
 * A volume that workloads mount. A disk is made when its first pod is placed, so nothing waits for it.
 *
 * @returns the claim's name, for a mount
 */
export function createClaim(
  name: string,
  { site, namespace, claim, size, shared = false, disposable = false }: ClaimArgs,
  parent: pulumi.Resource,
): string {
  const many = shared && site.cluster.storage.shared !== undefined;
  const keep = site.protectData && !disposable;
  new PersistentVolumeClaim(
    name,
    {
      metadata: { name: claim, namespace, annotations: { "pulumi.com/skipAwait": "true" } },
      spec: {
        accessModes: [many ? "ReadWriteMany" : "ReadWriteOnce"],
        storageClassName: many ? "shared" : "standard",
        resources: { requests: { storage: size } },
      },
    },
    { ...childOptions(parent, site, namespace), protect: keep, retainOnDelete: keep },
  );
  return claim;
}
