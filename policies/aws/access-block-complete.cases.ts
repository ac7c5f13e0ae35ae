import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { ofBucket } from "../testing/samples";
import { unknown, type Values } from "../value";
import { accessBlockComplete } from "./access-block-complete";

function block(overrides: Values = {}): Sample {
  return ofBucket("PublicAccessBlock", {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
    ...overrides,
  });
}

const off = (setting: string): string => `PublicAccessBlock: ${setting} is not true: set it.`;

export const accessBlockCompleteCases: Cases = {
  policy: accessBlockComplete,
  catches: [
    {
      name: "settings off or left out",
      resources: [block({ blockPublicAcls: false, ignorePublicAcls: null })],
      violations: [off("blockPublicAcls"), off("ignorePublicAcls")],
    },
    {
      name: "of the account, and within an access point",
      resources: [
        {
          ...block({ blockPublicPolicy: false }),
          type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
        },
        {
          type: "aws:s3/accessPoint:AccessPoint",
          name: "point",
          properties: { bucket: "b", publicAccessBlockConfiguration: { blockPublicPolicy: false } },
        },
      ],
      violations: [
        off("blockPublicPolicy"),
        "point: publicAccessBlockConfiguration.blockPublicPolicy is false: remove it.",
      ],
    },
  ],
  passes: [{ name: "all four on", resources: [block()] }],
  withUnknowns: {
    catches: [
      {
        name: "which bucket is not known",
        resources: [block({ bucket: unknown, restrictPublicBuckets: false })],
        violations: [off("restrictPublicBuckets")],
      },
    ],
    passes: [{ name: "a setting is not known", resources: [block({ blockPublicPolicy: unknown })] }],
  },
  faults: [
    faults.set(/:BucketPublicAccessBlock$/, "restrictPublicBuckets", false),
    faults.without(/:BucketPublicAccessBlock$/, "blockPublicAcls"),
  ],
};
