import type { StackPolicy } from "../policy";
import { any } from "../value";
import { accessBlock, accessBlockSettings, belongsTo, buckets } from "./buckets";

export const bucketAccessBlock: StackPolicy = {
  id: "aws-bucket-access-block",
  scope: "stack",
  what: "Every S3 bucket has a public access block.",
  why: "The block overrules every ACL and policy that is added later. Without it one edit publishes the data.",
  severity: "critical",
  standards: ["CIS AWS Foundations 2.1.4", "PCI-DSS 4: 1.3.1", "K6", "C7"],
  remediation: `Add an aws.s3.BucketPublicAccessBlock for the bucket with ${accessBlockSettings.join(", ")} set to true.`,
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
  },
};
