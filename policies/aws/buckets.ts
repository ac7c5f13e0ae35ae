import type { Resource } from "../resource";
import { at, type Certainty, equal, unknown } from "../value";

export const buckets = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/**
 * Whether a resource, for example a bucket's policy or encryption, belongs to a bucket: by what it was
 * computed from, otherwise by name. A bucket that is only planned has no id to compare.
 */
export function belongsTo(resource: Resource, bucket: Resource): Certainty {
  const sources = resource.dependencies.bucket ?? [];
  if (sources.includes(bucket.urn)) return "yes";
  const byName = equal(
    at(resource.properties, "bucket") ?? unknown,
    at(bucket.properties, "bucket") ?? unknown,
  );
  return byName === "unknown" && sources.length > 0 ? "no" : byName;
}

export const accessBlock = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

/** The settings of a public access block. */
export const accessBlockSettings = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;
