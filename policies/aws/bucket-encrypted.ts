import type { StackPolicy } from "../policy";
import { all, any, at, type Certainty, items, unknown } from "../value";
import { belongsTo, buckets } from "./buckets";

interface Configuration {
  readonly keysOfOwn: boolean;
}

const encryptions = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];

export const bucketEncrypted: StackPolicy<Configuration> = {
  id: "aws-bucket-encrypted",
  scope: "stack",
  what: "Every S3 bucket says how it encrypts.",
  why: "S3's default encrypts for everyone who may read the bucket; data under a key of your own also needs the right to use the key.",
  severity: "high",
  standards: ["PCI-DSS 4: 3.5.1", "K6", "C7"],
  remediation:
    "Add an aws.s3.BucketServerSideEncryptionConfiguration for the bucket with rules[].applyServerSideEncryptionByDefault.sseAlgorithm.",
  configuration: {
    keysOfOwn: {
      type: "boolean",
      default: false,
      description: "Whether only a KMS key will do.",
    },
  },
  *validate(stack, { keysOfOwn }) {
    const configurations = stack.ofType(...encryptions);
    for (const bucket of stack.ofType(...buckets)) {
      const encrypted = configurations.map((one) =>
        all([belongsTo(one, bucket), encrypts(one.properties, keysOfOwn)]),
      );
      if (any(encrypted) !== "no") continue;
      yield {
        resource: bucket,
        message: `no BucketServerSideEncryptionConfiguration encrypts this bucket${keysOfOwn ? " by aws:kms" : ""}: add one.`,
      };
    }
  },
};

function encrypts(properties: Parameters<typeof at>[0], keysOfOwn: boolean): Certainty {
  const rules = at(properties, "rules");
  if (rules === unknown) return "unknown";
  return any(
    items(rules).map((rule) => {
      const algorithm =
        rule === unknown ? unknown : at(rule, "applyServerSideEncryptionByDefault", "sseAlgorithm");
      if (algorithm === unknown) return "unknown";
      const kms = typeof algorithm === "string" && algorithm.startsWith("aws:kms");
      return kms || (algorithm === "AES256" && !keysOfOwn) ? "yes" : "no";
    }),
  );
}
