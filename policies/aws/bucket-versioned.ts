import type { StackPolicy } from "../policy";
import { all, any, at, equal, unknown } from "../value";
import { belongsTo, buckets } from "./buckets";

const versionings = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
];

export const bucketVersioned: StackPolicy = {
  id: "aws-bucket-versioned",
  scope: "stack",
  what: "Every S3 bucket keeps earlier versions of its objects.",
  why: "What is overwritten or deleted by mistake, or encrypted for ransom, is otherwise gone.",
  severity: "medium",
  standards: ["CIS AWS Foundations 2.1.2", "K6", "C7"],
  remediation:
    "Add an aws.s3.BucketVersioning for the bucket with versioningConfiguration.status Enabled, and a lifecycle rule that ends earlier versions.",
  *validate(stack) {
    const configurations = stack.ofType(...versionings);
    for (const bucket of stack.ofType(...buckets)) {
      const versioned = configurations.map((one) => {
        const status = at(one.properties, "versioningConfiguration", "status") ?? null;
        return all([belongsTo(one, bucket), equal(one.properties === unknown ? unknown : status, "Enabled")]);
      });
      if (any(versioned) !== "no") continue;
      yield {
        resource: bucket,
        message: "no BucketVersioning enables versions of this bucket: add one with status Enabled.",
      };
    }
  },
};
