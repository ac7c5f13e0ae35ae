import * as pulumi from "@pulumi/pulumi";
import { checksumSettings } from "../kit/object-storage-checksums";
import type { Site } from "../kit/site";
import type { Values } from "../kit/values";
import { cloudServices, type Pods } from "../network/edge";
import type { SecretReference } from "../secrets/secret-bundles";

/** The site's bucket for what is observed, as a workload in one namespace uses it. */
export interface TelemetryBucket {
  readonly name: pulumi.Input<string>;
  readonly region: string;
  /** Base URL of the S3 API, where it is not AWS' own. */
  readonly url?: pulumi.Input<string>;
  /** Host name of the S3 API, for clients that add the scheme themselves. */
  readonly endpoint: pulumi.Input<string>;
  /** Opens the bucket. Undefined where the pod's own identity does. (C6) */
  readonly secret?: SecretReference;
  /** Host names that clients of the bucket call. */
  readonly hosts: readonly string[];
}

/** The bucket for logs and traces, with its key as a Secret of the namespace; undefined where the site has none. (C7, C8) */
export function telemetryBucket(site: Site, namespace: string): TelemetryBucket | undefined {
  const bucket = site.cluster.buckets.telemetry;
  if (bucket === undefined) return undefined;
  const { name, region, endpoint, hosts, key } = bucket;
  return {
    name,
    region,
    hosts,
    ...(endpoint !== undefined && { url: endpoint }),
    endpoint:
      endpoint === undefined
        ? `s3.${region}.amazonaws.com`
        : pulumi.output(endpoint).apply((url) => new URL(url).host),
    ...(key && {
      secret: site.secrets.provide(namespace, "telemetry-bucket", {
        AWS_ACCESS_KEY_ID: key.accessKey,
        AWS_SECRET_ACCESS_KEY: key.secretKey,
      }),
    }),
  };
}

/** The environment of a container that uses the bucket; with it goes what the bucket's cloud asks of S3 clients. */
export function bucketEnvironment({ secret, url }: TelemetryBucket): {
  readonly extraEnvFrom: readonly Values[];
  readonly extraEnv: readonly Values[];
} {
  return {
    extraEnvFrom: secret === undefined ? [] : [{ secretRef: { name: secret.name } }],
    extraEnv: Object.entries(checksumSettings({ endpoint: url })).map(([name, value]) => ({ name, value })),
  };
}

/** Lets pods call the bucket's cloud. */
export function allowBucket({ network }: Site, client: Pods, bucket: TelemetryBucket | undefined): void {
  if (bucket !== undefined) network.allow(client, cloudServices(...bucket.hosts), 443);
}
