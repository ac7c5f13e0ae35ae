import type { Resource, StackPolicy } from "../policy";
import { any, at, type Certainty, equal, unknown } from "../value";

const buckets = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const accessBlock = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const bucketAccessBlock: StackPolicy = {
  id: "aws-bucket-access-block",
  scope: "stack",
  what: "Every S3 bucket has a public access block with all four settings on.",
  why: "The block holds whatever ACL or policy somebody adds later; without it one edit publishes the data.",
  severity: "critical",
  standards: ["CIS AWS Foundations 2.1.4", "PCI-DSS 4: 1.3.1", "K6", "C7"],
  remediation: `Add an aws.s3.BucketPublicAccessBlock for the bucket with ${flags.join(", ")} set to true.`,
  *validate(stack) {
    const blocks = stack.ofType(accessBlock);
    for (const bucket of stack.ofType(...buckets)) {
      if (any(blocks.map((block) => guards(block, bucket))) === "no") {
        yield {
          resource: bucket,
          message: "no BucketPublicAccessBlock names this bucket: add one with all four settings true.",
        };
      }
    }
    for (const block of blocks) {
      const off = flags.filter((flag) => {
        const value = at(block.properties, flag);
        return value !== true && value !== unknown;
      });
      if (off.length > 0 && block.properties !== unknown) {
        yield { resource: block, message: `set ${off.join(", ")} to true.` };
      }
    }
  },
};

/** By what the block was computed from, else by name: a bucket that is only planned has no id to compare. */
function guards(block: Resource, bucket: Resource): Certainty {
  const sources = block.dependencies.bucket ?? [];
  if (sources.includes(bucket.urn)) return "yes";
  const byName = equal(at(block.properties, "bucket") ?? unknown, at(bucket.properties, "bucket") ?? unknown);
  return byName === "unknown" && sources.length > 0 ? "no" : byName;
}
