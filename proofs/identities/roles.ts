import type { Plan } from "../../model/plan";
import type { Fault } from "../proof";
import { type Check, each, sum } from "../verdict";
import { bucketCallers } from "./calls/buckets";
import type { Call, Caller } from "./calls/call";
import { controllers } from "./calls/controllers";
import { services } from "./calls/services";
import { type Decision, evaluate } from "./iam/evaluate";
import { type PlannedRole, type World, worldsOf } from "./world";

const callers: readonly Caller[] = [...controllers, ...bucketCallers, ...services];

/** Every role may make its software's calls, and none on other software's resources. */
export const rolesDoTheirs: Check = ({ plan }) =>
  sum(
    (plan ? worldsOf(plan) : []).flatMap((world) =>
      world.roles
        .filter(({ policies, isManaged }) => policies.length > 0 || !isManaged)
        .map((role) => check(world, role)),
    ),
  );

function check(world: World, role: PlannedRole) {
  const caller = callers.find((one) => one.has(role));
  if (caller === undefined) {
    return each([role], () => ({
      object: role.name,
      rule: "nothing is known of the calls that its software makes",
      source: "the software's documentation",
      fix: "add them to proofs/identities/calls",
    }));
  }
  const fault = (call: Call, decision: Decision): Fault => ({
    object: role.name,
    rule: `${call.action} on ${call.resource}${contextOf(call)} is ${decision}`,
    source: caller.source,
    fix:
      decision === "allowed"
        ? "keep the role's statements to its own things"
        : "add the action to the role, with the resource and the condition that it is made with",
  });
  return sum([
    each(caller.needs(world, role), (call) => {
      const decision = decide(world, role, call);
      return decision === "allowed" ? undefined : fault(call, decision);
    }),
    each([...caller.mustNot(world, role), ...never(world)], (call) =>
      decide(world, role, call) === "allowed" ? fault(call, "allowed") : undefined,
    ),
  ]);
}

/** What no role of a pod or a service may do. */
function never({ account, region, key }: World): readonly Call[] {
  const secrets = `arn:aws:secretsmanager:${region}:${account}:secret:other/a-1`;
  return [
    { action: "iam:PassRole", resource: `arn:aws:iam::${account}:role/any` },
    { action: "sts:AssumeRole", resource: `arn:aws:iam::${account}:role/any` },
    { action: "secretsmanager:GetSecretValue", resource: secrets },
    { action: "kms:Decrypt", resource: key("cluster").arn },
    { action: "kms:Decrypt", resource: key("data").arn },
    { action: "kms:ScheduleKeyDeletion", resource: key("data").arn },
    { action: "s3:PutBucketPolicy", resource: "arn:aws:s3:::any" },
    { action: "route53:ChangeResourceRecordSets", resource: "arn:aws:route53:::hostedzone/OTHER" },
  ];
}

function decide(world: World, { arn, policies }: PlannedRole, call: Call): Decision {
  const request = {
    ...call,
    principal: `arn:aws:iam::${world.account}:role/${arn.split(":").at(-1)}`,
    context: { "aws:SecureTransport": "true", ...call.context },
  };
  const keys = ["cluster", "data", "replica"].map(world.key);
  const key = keys.find((one) => one.arn === call.resource);
  if (key !== undefined) {
    return evaluate(request, {
      identity: policies,
      ...(key.policy && { resource: key.policy }),
      resourceDecides: true,
    });
  }
  const bucket = world.bucketPolicy(bucketOf(call.resource));
  return evaluate(request, { identity: policies, ...(bucket && { resource: bucket }) });
}

/** The bucket of an object: in a plan its ARN is `arn:aws:s3/bucket:Bucket:name`, with a slash of its own. */
function bucketOf(resource: string): string {
  return /^arn:aws:s3(?:\/bucket:Bucket:|:::)[^/]+/.exec(resource)?.[0] ?? resource;
}

function contextOf({ context = {} }: Call): string {
  const texts = Object.entries(context).map(([key, value]) => `${key}=${[value].flat().join(",")}`);
  return texts.length === 0 ? "" : ` with ${texts.join(" ")}`;
}

/** A service account with a role. */
export interface AccountWithRole {
  /** The stack's cluster that the account is on. */
  readonly cluster: string;
  readonly role: string;
  readonly namespace: string;
  readonly name: string;
}

/** The accounts with a role in the plan. */
export function accountsWithRoles(plan: Plan): readonly AccountWithRole[] {
  return worldsOf(plan).flatMap(({ name: cluster, roles }) =>
    roles.flatMap(({ name: role, accounts }) => accounts.map((one) => ({ cluster, role, ...one }))),
  );
}
