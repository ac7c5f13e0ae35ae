import { z } from "zod";
import { entriesAt, listAt, textAt } from "../../model/facts/read";
import type { Plan } from "../../model/plan";
import type { Fault } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";
import { type Use, usesOf } from "./uses";

const attachment = z.object({ role: z.string(), policyArn: z.string() });
const role = z.object({ assumeRolePolicy: z.string() });

/** What AWS does for the stack it may do: its service assumes the role, which has the policies for it; and keys let services use them. */
export const servicesMay: Check = ({ plan }) =>
  plan === undefined
    ? nothing
    : sum([
        each(usesOf(plan), (use) => useFaults(plan, use)),
        each(logGroups(plan), (group) => keyFault(plan, group)),
      ]);

function useFaults(plan: Plan, use: Use): readonly Fault[] {
  const { of, roleArn, service, policies, source } = use;
  const fault = (rule: string, fix: string): Fault => ({ object: of, rule, source, fix });
  const found = plan
    .all("aws:iam/role:Role", role)
    .find(({ name }) => `arn:aws:iam/role:Role:${name}` === roleArn);
  if (roleArn === undefined) return [fault("it has no role, and does nothing on AWS", "give it one")];
  // A role of others is theirs.
  if (found === undefined) return [];
  const attached = plan
    .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment", attachment)
    .filter(({ inputs }) => inputs.role === found.name || inputs.role === `${found.name}-id`)
    .map(({ inputs }) => inputs.policyArn.split("/").at(-1) ?? "");
  return [
    ...(servicesOf(found.inputs.assumeRolePolicy).includes(service)
      ? []
      : [
          fault(
            `its role ${found.name} is not to be assumed by ${service}, which acts for it`,
            `trust ${service}`,
          ),
        ]),
    ...policies
      .filter((any) => !any.some((one) => attached.includes(one)))
      .map((any) => fault(`its role ${found.name} lacks the policy ${any.join(" or ")}`, `attach ${any[0]}`)),
  ];
}

/** Services that a policy of trust or of a key allows something. */
function servicesOf(policy: string): readonly string[] {
  return listAt(JSON.parse(policy), "Statement")
    .filter((statement) => textAt(statement, "Effect") === "Allow")
    .flatMap((statement) => entriesAt(statement, "Principal"))
    .flatMap(([kind, who]) => (kind === "Service" ? [who].flat() : []))
    .filter((one) => typeof one === "string");
}

function logGroups(plan: Plan) {
  return plan
    .all("aws:cloudwatch/logGroup:LogGroup", z.object({ kmsKeyId: z.string().optional() }))
    .filter(({ inputs }) => inputs.kmsKeyId !== undefined);
}

/** Unlike others, CloudWatch Logs uses keys as itself: the account's own statement does not let it. */
function keyFault(
  plan: Plan,
  { name, inputs }: { readonly name: string; readonly inputs: { readonly kmsKeyId?: string } },
): Fault | undefined {
  const key = plan
    .all("aws:kms/key:Key", z.object({ policy: z.string().optional() }))
    .find((one) => `arn:aws:kms/key:Key:${one.name}` === inputs.kmsKeyId);
  const { policy } = key?.inputs ?? {};
  return policy === undefined || servicesOf(policy).some((one) => /^logs\.[\w-]+\.amazonaws\.com$/.test(one))
    ? undefined
    : {
        object: name,
        rule: `its key ${key?.name} does not let CloudWatch Logs encrypt: the group is refused`,
        source: "CloudWatch Logs user guide, encrypt log data with KMS",
        fix: "allow logs.REGION.amazonaws.com in the policy of the key",
      };
}
