import type { Bucket } from "../cluster/cluster";

/**
 * The environment of an S3 client that is built on AWS' own SDK: since 2025 they add checksums that only AWS' own S3 takes,
 * unless they are told not to. Empty for a bucket of AWS. (C8)
 */
export function checksumSettings({ endpoint }: Pick<Bucket, "endpoint">): Readonly<Record<string, string>> {
  if (endpoint === undefined) return {};
  return {
    AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
    AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
  };
}
