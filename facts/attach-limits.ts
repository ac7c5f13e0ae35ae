import { linodePlan } from "./linode-plans";

/**
 * How many volumes a node takes besides its own disk, or undefined for a type that is not known. What interfaces take of an
 * instance's attachments is left out: the driver counts those that there are.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/volume_limits.html
 * @see https://techdocs.akamai.com/cloud-computing/docs/block-storage
 */
export function attachLimit(cloud: "aws" | "linode", type: string): number | undefined {
  return limits[cloud](type);
}

const limits = { aws: ofInstance, linode: ofPlan } as const;

/** Attachments of most Nitro types: volumes and interfaces together. */
const nitroAttachments = 28;

/** Of these families volumes have a limit of their own, at the sizes that pools have. */
const ownLimit = /^(m|c|r)(7|8)(i|a|g)\w*\.(large|xlarge|2xlarge|4xlarge)$/;

function ofInstance(type: string): number {
  if (isXen(type)) return 39;
  // The disk that the node starts from, and an interface; g5 has a disk of its own besides.
  return ownLimit.test(type) ? nitroAttachments - 2 : nitroAttachments - 3;
}

/** True for types of the older hypervisor, whose nodes join clusters of Amazon Linux 2023 unreliably. */
export function isXen(type: string): boolean {
  return (
    /^(t2|t1|m[1-4]|c[1-4]|r[34]|i[23]|d2|h1|x1|x1e|p[23]|g[23])\./.test(type) && !/^(i3en|c4n)\./.test(type)
  );
}

function ofPlan(type: string): number | undefined {
  const plan = linodePlan(type);
  if (plan === undefined) return undefined;
  return Math.min(64, Math.max(8, Math.floor(plan.memoryGib)));
}
