import type { StackPolicy } from "../policy";
import { any, at, unknown } from "../value";
import { belongsTo, buckets } from "./buckets";

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
      if (any(blocks.map((block) => belongsTo(block, bucket))) === "no") {
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
