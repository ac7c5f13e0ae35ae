import type { StackPolicy } from "../policy";
import type { Resource } from "../resource";
import { all, any, type Certainty } from "../value";
import { belongsTo, buckets } from "./buckets";
import { deniesPlain } from "./documents/plain";

export const tlsOnly: StackPolicy = {
  id: "aws-tls-only",
  scope: "stack",
  what: "Policies of S3 buckets and EFS file systems deny what does not come by TLS.",
  why: "Both answer plain requests too, which anybody on the way may read.",
  severity: "high",
  standards: ["CIS AWS Foundations 2.1.1", "PCI-DSS 4: 4.2.1", "K6"],
  remediation:
    'Add a statement to the policy with Effect Deny, Principal "*", all actions, and Condition {"Bool": {"aws:SecureTransport": "false"}}.',
  *validate(stack) {
    const bucketPolicies = stack.ofType("aws:s3/bucketPolicy:BucketPolicy");
    for (const bucket of stack.ofType(...buckets)) {
      const denied = bucketPolicies.map((one) => all([belongsTo(one, bucket), deniesPlain(one.properties)]));
      if (any(denied) !== "no") continue;
      yield { resource: bucket, message: `no BucketPolicy of this bucket denies ${plain}.` };
    }
    const filePolicies = stack.ofType("aws:efs/fileSystemPolicy:FileSystemPolicy");
    for (const files of stack.ofType("aws:efs/fileSystem:FileSystem")) {
      const denied = filePolicies.map((one) => all([isOf(one, files), deniesPlain(one.properties)]));
      if (any(denied) !== "no") continue;
      yield { resource: files, message: `no FileSystemPolicy of this file system denies ${plain}.` };
    }
  },
};

const plain = 'requests without TLS: add a Deny with Condition {"Bool": {"aws:SecureTransport": "false"}}';

/** A file system has no name to compare. */
function isOf(policy: Resource, files: Resource): Certainty {
  const sources = policy.dependencies.fileSystemId ?? [];
  if (sources.length === 0) return "unknown";
  return sources.includes(files.urn) ? "yes" : "no";
}
