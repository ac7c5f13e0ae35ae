import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { bucket, ofBucket } from "../testing/samples";
import { unknown, type Value } from "../value";
import { bucketEncrypted } from "./bucket-encrypted";

function encryption(sseAlgorithm: Value, properties = {}): Sample {
  return ofBucket("ServerSideEncryptionConfiguration", {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }],
    ...properties,
  });
}

const missing = "models: no BucketServerSideEncryptionConfiguration encrypts this bucket: add one.";

export const bucketEncryptedCases: Cases = {
  policy: bucketEncrypted,
  catches: [
    { name: "nothing said", resources: [bucket("models")], violations: [missing] },
    {
      name: "another bucket's",
      resources: [bucket("models"), encryption("AES256", { bucket: "backups" })],
      violations: [missing],
    },
    {
      name: "AWS's key where one of your own is wanted",
      configuration: { keysOfOwn: true },
      resources: [bucket("models"), encryption("AES256")],
      violations: [
        "models: no BucketServerSideEncryptionConfiguration encrypts this bucket by aws:kms: add one.",
      ],
    },
  ],
  passes: [
    { name: "encrypted", resources: [bucket("models"), encryption("AES256")] },
    {
      name: "a key of your own",
      configuration: { keysOfOwn: true },
      resources: [bucket("models"), encryption("aws:kms")],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the algorithm is not known, the bucket is another",
        resources: [bucket("models"), encryption(unknown, { bucket: "backups" })],
        violations: [missing],
      },
    ],
    passes: [
      {
        name: "the algorithm or the bucket is not known",
        resources: [bucket("models"), encryption(unknown)],
      },
    ],
  },
  faults: [faults.gone(/:BucketServerSideEncryptionConfiguration$/)],
};
