import { everywhere } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";
import { accessBlock, accessBlockSettings } from "./buckets";

const blocks = [accessBlock, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"];

/** Access points have a block within, whose settings are on unless they are switched off. */
const within = /^aws:s3(control)?\/(multiRegionA|a)ccessPoint:/;

export const accessBlockComplete: ResourcePolicy = {
  id: "aws-access-block-complete",
  scope: "resource",
  what: "Public access blocks, of buckets, access points and the account, have all four settings on.",
  why: "Each setting closes another way to publish a bucket: old ACLs, new ACLs, old policies and new policies.",
  severity: "critical",
  standards: ["CIS AWS Foundations 2.1.4", "PCI-DSS 4: 1.3.1", "K6", "C7"],
  remediation: `Set ${accessBlockSettings.join(", ")} to true.`,
  remediates: "Sets to true which of the four is not.",
  appliesTo: (type) => blocks.includes(type) || within.test(type),
  *validate({ type, properties }) {
    if (within.test(type)) {
      for (const { path, key, value } of everywhere(properties)) {
        if (value === false && accessBlockSettings.some((one) => one === key)) {
          yield `${path} is false: remove it.`;
        }
      }
      return;
    }
    for (const path of accessBlockSettings) {
      const setting = at(properties, path);
      if (setting === true || setting === unknown) continue;
      yield { message: `${path} is not true: set it.`, path, value: true };
    }
  },
};
