import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { bucket, ofBucket } from "../testing/samples";
import { unknown, type Value } from "../value";
import { bucketVersioned } from "./bucket-versioned";

function versioning(status: Value, properties = {}): Sample {
  return ofBucket("Versioning", { versioningConfiguration: { status }, ...properties });
}

const missing = "models: no BucketVersioning enables versions of this bucket: add one with status Enabled.";

export const bucketVersionedCases: Cases = {
  policy: bucketVersioned,
  catches: [
    { name: "nothing said", resources: [bucket("models")], violations: [missing] },
    { name: "suspended", resources: [bucket("models"), versioning("Suspended")], violations: [missing] },
    {
      name: "another bucket's",
      resources: [bucket("models"), versioning("Enabled", { bucket: "backups" })],
      violations: [missing],
    },
  ],
  passes: [{ name: "enabled", resources: [bucket("models"), versioning("Enabled")] }],
  withUnknowns: {
    catches: [
      {
        name: "which bucket is not known, but it is suspended",
        resources: [bucket("models"), versioning("Suspended", { bucket: unknown })],
        violations: [missing],
      },
    ],
    passes: [{ name: "the status is not known", resources: [bucket("models"), versioning(unknown)] }],
  },
  faults: [
    faults.gone(/:BucketVersioning$/),
    faults.set(/:BucketVersioning$/, "versioningConfiguration.status", "Suspended"),
  ],
};
