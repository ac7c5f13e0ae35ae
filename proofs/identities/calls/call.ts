import type { Context } from "../iam/condition";
import type { PlannedRole, World } from "../world";

/** A call of AWS, on things of a stack. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
}

/** What some software does on AWS by its documentation, and what it must not be able to. */
export interface Caller {
  /** Whether a role is this software's. */
  readonly has: (role: PlannedRole) => boolean;
  readonly needs: (world: World, role: PlannedRole) => readonly Call[];
  readonly mustNot: (world: World, role: PlannedRole) => readonly Call[];
  readonly source: string;
}

/** Roles of the service account of a name, in whichever namespace. */
export function account(name: string): Caller["has"] {
  return ({ accounts }) => accounts.some((one) => one.name === name);
}

/** The same context for several actions on one thing. */
export function calls(actions: readonly string[], resource: string, context?: Context): readonly Call[] {
  return actions.map((action) => ({ action, resource, ...(context && { context }) }));
}

/** What encrypting and decrypting a bucket's objects takes: with a key of the account's, over S3. */
export function withKey({ key, region }: World, ...actions: readonly string[]): readonly Call[] {
  return calls(actions, key("data").arn, { "kms:ViaService": `s3.${region}.amazonaws.com` });
}

/** Looks a folder of a bucket through, and for the bucket itself, as clients do first. */
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
