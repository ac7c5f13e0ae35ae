import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

interface Configuration {
  readonly minimumWindowDays: number;
}

export const kmsRotated: ResourcePolicy<Configuration> = {
  id: "aws-kms-rotated",
  scope: "resource",
  what: "KMS keys are rotated, and their deletion can be called off for long enough.",
  why: "The longer a key is used, the more data one leak exposes. Without the key, the data that it encrypted is lost.",
  severity: "medium",
  standards: ["CIS AWS Foundations 3.6", "PCI-DSS 4: 3.7.4", "K6"],
  remediation: "Set enableKeyRotation to true, and deletionWindowInDays to 30.",
  configuration: {
    minimumWindowDays: {
      type: "integer",
      minimum: 7,
      maximum: 30,
      default: 7,
      description:
        "The least days in which a deletion can be called off; AWS takes 30 unless told otherwise.",
    },
  },
  remediates: "Sets enableKeyRotation to true, and deletionWindowInDays to the least that is allowed.",
  appliesTo: (type) => type === "aws:kms/key:Key",
  *validate({ properties }, { minimumWindowDays }) {
    const usage = at(properties, "customerMasterKeySpec");
    // AWS rotates symmetric keys only.
    const isSymmetric = usage === undefined || usage === "SYMMETRIC_DEFAULT";
    const rotates = at(properties, "enableKeyRotation");
    if (isSymmetric && rotates !== true && rotates !== unknown) {
      yield { message: "enableKeyRotation is not true: set it.", path: "enableKeyRotation", value: true };
    }
    const window = at(properties, "deletionWindowInDays");
    if (typeof window === "number" && window < minimumWindowDays) {
      const message = `deletionWindowInDays is ${window}: set at least ${minimumWindowDays}.`;
      yield { message, path: "deletionWindowInDays", value: minimumWindowDays };
    }
  },
};
