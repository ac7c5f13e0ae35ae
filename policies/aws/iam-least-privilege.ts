import type { Resource, ResourcePolicy } from "../policy";
import { at, items, unknown, type Value } from "../value";
import { nameOf, statementsOf, valuesOf } from "./policy-document";

const policies = [
  "aws:iam/policy:Policy",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
];
const attachments = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
];
const role = "aws:iam/role:Role";

/** AWS's own policies that grant all there is. */
const administrator = /:aws:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

/** Actions that only look; most of them know no resources. */
const reading = /^[a-z0-9-]+:(Describe|Get|List|BatchGet|Lookup|Search|View|Check)[A-Za-z]*\*?$/;

export const iamLeastPrivilege: ResourcePolicy = {
  id: "aws-iam-least-privilege",
  scope: "resource",
  what: "IAM policies name the actions that they allow and what on, and roles name who may assume them.",
  why: "A role with wildcards is the account; whoever gets into one pod that has it gets all the rest.",
  severity: "critical",
  standards: ["CIS AWS Foundations 1.16", "PCI-DSS 4: 7.2.2", "K6"],
  remediation:
    'List actions instead of "*" or "<service>:*", name ARNs in Resource or narrow them by a Condition, and principals in assumeRolePolicy.',
  appliesTo: (type) => [...policies, ...attachments, role].includes(type),
  *validate(resource) {
    const { properties, type } = resource;
    const arn = at(properties, "policyArn");
    if (typeof arn === "string" && administrator.test(arn))
      yield `policyArn is ${arn}: attach what is needed.`;
    for (const attached of items(at(properties, "managedPolicyArns"))) {
      if (typeof attached === "string" && administrator.test(attached)) {
        yield `managedPolicyArns holds ${attached}: attach what is needed.`;
      }
    }
    for (const [path, document] of documentsOf(resource)) {
      for (const [index, statement] of statementsOf(document).entries()) {
        const fault = faultOf(statement);
        if (fault !== undefined) yield `${path} statement ${nameOf(statement, index)} ${fault}`;
      }
    }
    if (type !== role) return;
    for (const [index, statement] of statementsOf(at(properties, "assumeRolePolicy")).entries()) {
      if (at(statement, "Effect") !== "Allow" || at(statement, "Condition") !== undefined) continue;
      const principal = at(statement, "Principal");
      if (principal !== "*" && !valuesOf(principal ?? null, "AWS").includes("*")) continue;
      yield `assumeRolePolicy statement ${nameOf(statement, index)} lets everybody in: name the principals.`;
    }
  },
};

function documentsOf({
  type,
  properties,
}: Resource): readonly (readonly [path: string, document: Value | undefined])[] {
  if (type !== role) return [["policy", at(properties, "policy")]];
  return items(at(properties, "inlinePolicies")).map(
    (inline, index) => [`inlinePolicies[${index}].policy`, at(inline, "policy")] as const,
  );
}

function faultOf(statement: Value): string | undefined {
  if (at(statement, "Effect") !== "Allow") return undefined;
  const except = at(statement, "NotAction");
  if (except !== undefined && except !== unknown) return "allows all but NotAction: list actions.";
  const actions = valuesOf(statement, "Action").filter((action) => typeof action === "string");
  const wide = actions.find((action) => action === "*" || /^[a-z0-9-]+:\*$/.test(action));
  if (wide !== undefined) return `allows ${wide}: list actions.`;
  const writing = actions.find((action) => !reading.test(action));
  const isAnywhere = valuesOf(statement, "Resource").includes("*");
  if (writing === undefined || !isAnywhere || at(statement, "Condition") !== undefined) return undefined;
  return `allows ${writing} on "*": name ARNs in Resource, or narrow it by a Condition.`;
}
