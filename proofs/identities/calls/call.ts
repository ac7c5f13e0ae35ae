import type { Context } from "../iam/condition";
import type { PlannedRole, World } from "../world";

/** An AWS API call on resources of a stack. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
}

/**
 * The AWS calls that some software makes by its documentation, and those that it must not be able to make.
 */
export interface Caller {
  /** Whether a role belongs to this software. */
  readonly has: (role: PlannedRole) => boolean;
  readonly needs: (world: World, role: PlannedRole) => readonly Call[];
  readonly mustNot: (world: World, role: PlannedRole) => readonly Call[];
  readonly source: string;
}

/** Roles of a service account name, in any namespace. */
export function account(name: string): Caller["has"] {
  return ({ accounts }) => accounts.some((one) => one.name === name);
}

/** The same context for several actions on one resource. */
export function calls(actions: readonly string[], resource: string, context?: Context): readonly Call[] {
  return actions.map((action) => ({ action, resource, ...(context && { context }) }));
}

/** The rights to encrypt and decrypt a bucket's objects: with a key of the account, through S3. */
export function withKey({ key, region }: World, ...actions: readonly string[]): readonly Call[] {
  return calls(actions, key("data").arn, { "kms:ViaService": `s3.${region}.amazonaws.com` });
}

/** Lists a folder of a bucket, and finds the bucket's region, as clients do first. */
export function listing(bucket: string, folder: string): readonly Call[] {
  return [
    { action: "s3:ListBucket", resource: bucket },
    {
      action: "s3:ListBucket",
      resource: bucket,
      context: { "s3:prefix": folder === "" ? "" : `${folder}/` },
    },
  ];
}
