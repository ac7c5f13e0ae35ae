import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

interface Configuration {
  readonly unversioned: readonly Exception[];
}

export const linodeBucketVersioned: ResourcePolicy<Configuration> = {
  id: "linode-bucket-versioned",
  scope: "resource",
  what: "Object Storage buckets keep earlier versions of their objects.",
  why: "What is overwritten or deleted by mistake, or encrypted for ransom, is otherwise gone.",
  severity: "medium",
  standards: ["K6", "C8"],
  remediation:
    "Set versioning to true, and lifecycleRules[].noncurrentVersionExpiration so that earlier versions end.",
  configuration: {
    unversioned: exceptions(
      "Buckets that need no versions, by label: what is written once and ends by itself.",
    ),
  },
  remediates: "Sets versioning to true.",
  appliesTo: (type) => type === "linode:index/objectStorageBucket:ObjectStorageBucket",
  *validate({ properties }, { unversioned }) {
    const label = at(properties, "label");
    if (namesOf(unversioned).some((one) => label === unknown || label === one)) return;
    const versioning = at(properties, "versioning");
    if (versioning === true || versioning === unknown) return;
    yield { message: "versioning is not true: set it.", path: "versioning", value: true };
  },
};
