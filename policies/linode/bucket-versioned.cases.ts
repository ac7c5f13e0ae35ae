import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { linodeBucketVersioned } from "./bucket-versioned";

function bucket(properties: Values): Sample {
  return { type: "linode:index/objectStorageBucket:ObjectStorageBucket", properties };
}

const off = "sample: versioning is not true: set it.";

export const linodeBucketVersionedCases: Cases = {
  policy: linodeBucketVersioned,
  catches: [{ name: "Linode's default", resources: [bucket({ label: "exports" })], violations: [off] }],
  passes: [
    { name: "versions", resources: [bucket({ versioning: true })] },
    {
      name: "a bucket that needs none",
      configuration: { unversioned: [{ names: ["logs"], reason: "They end by themselves" }] },
      resources: [bucket({ label: "logs", versioning: false })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the region is not known",
        resources: [bucket({ region: unknown, versioning: false })],
        violations: [off],
      },
    ],
    passes: [{ name: "not known", resources: [bucket({ versioning: unknown })] }],
  },
  faults: [faults.only(/backups|exports|state/, faults.set(/:ObjectStorageBucket$/, "versioning", false))],
};
