import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value } from "../value";
import { bucketAccessBlock } from "./bucket-access-block";

const flags = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

function bucket(name: string, physicalName: Value = name): Sample {
  return { type: "aws:s3/bucket:Bucket", name, properties: { bucket: physicalName } };
}

function block(properties: Value, of?: string): Sample {
  return {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    name: "block",
    properties,
    dependencies: of === undefined ? {} : { bucket: [of] },
  };
}

const missing = (name: string) =>
  `${name}: no BucketPublicAccessBlock names this bucket: add one with all four settings true.`;

export const bucketAccessBlockCases: Cases = {
  policy: bucketAccessBlock,
  catches: [
    { name: "no block", resources: [bucket("models")], violations: [missing("models")] },
    {
      name: "a block for another bucket",
      resources: [bucket("models"), bucket("backups"), block({ bucket: "backups", ...flags })],
      violations: [missing("models")],
    },
    {
      name: "the bucket type of older programs",
      resources: [{ ...bucket("models"), type: "aws:s3/bucketV2:BucketV2" }],
      violations: [missing("models")],
    },
  ],
  passes: [
    { name: "blocked by name", resources: [bucket("models"), block({ bucket: "models", ...flags })] },
    {
      name: "blocked by the bucket's id",
      resources: [bucket("models"), block({ bucket: "models-1a2b3c", ...flags }, "models")],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the block is for a bucket that is only planned, and not for the other one",
        resources: [
          bucket("models", unknown),
          bucket("backups"),
          block({ bucket: unknown, ...flags }, "models"),
        ],
        violations: [missing("backups")],
      },
    ],
    passes: [
      {
        name: "a bucket that is only planned",
        resources: [bucket("models", unknown), block({ bucket: unknown, ...flags }, "models")],
      },
      {
        name: "which bucket is not known, nor where it comes from",
        resources: [bucket("models"), block({ bucket: unknown, ...flags })],
      },
    ],
  },
  faults: [faults.gone(/:BucketPublicAccessBlock$/)],
};
