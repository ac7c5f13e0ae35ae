import { z } from "zod";
import { entriesAt, listAt, textAt } from "../../model/facts/read";
import type { Plan } from "../../model/plan";
import type { Fault } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";

const role = z.object({ assumeRolePolicy: z.string() });
const association = z.object({
  clusterName: z.string(),
  namespace: z.string(),
  serviceAccount: z.string(),
  roleArn: z.string(),
});
const attachment = z.object({ role: z.string(), policyArn: z.string() });

const podIdentity = "EKS user guide, EKS Pod Identities: the trust policy of a role";

/** Roles are assumed by those that they are for, and by none else; nodes and drivers have the policies of AWS that they need. */
export const rolesAreTrusted: Check = ({ plan }) => {
  if (plan === undefined) {
    return nothing;
  }
  const roles = plan.all("aws:iam/role:Role", role);
  const associations = plan.all("aws:eks/podIdentityAssociation:PodIdentityAssociation", association);
  const ofPods = new Set(associations.map(({ inputs }) => inputs.roleArn));
  return sum([
    each(roles, ({ name, inputs }) => trustFaults(name, inputs.assumeRolePolicy, ofPods)),
    each(associations, ({ name, inputs }) => twice(name, inputs, associations)),
    each(nodeRolesOf(plan), (arn) => unattached(plan, arn)),
  ]);
};

function trustFaults(name: string, policy: string, ofPods: ReadonlySet<string>): readonly Fault[] {
  const statements = listAt(JSON.parse(policy), "Statement");
  const anyone = statements.some((statement) =>
    [
      textAt(statement, "Principal"),
      ...entriesAt(statement, "Principal").flatMap(([, who]) => [who].flat()),
    ].includes("*"),
  );
  const actions = statements.flatMap((statement) => [
    ...listAt(statement, "Action"),
    textAt(statement, "Action"),
  ]);
  const fault = (rule: string, fix: string): Fault => ({ object: name, rule, source: podIdentity, fix });
  const missing = ["sts:AssumeRole", "sts:TagSession"].filter((action) => !actions.includes(action));
  return [
    ...(anyone
      ? [fault("anyone may assume it, of every AWS account", "name the service or the role that it is for")]
      : []),
    ...(ofPods.has(`arn:aws:iam/role:Role:${name}`) && missing.length > 0
      ? [
          fault(
            `its trust policy lacks ${missing.join(" and ")}: its pods get no credentials`,
            `allow ${missing.join(" and ")}`,
          ),
        ]
      : []),
  ];
}

type Associated = z.infer<typeof association>;

function twice(
  name: string,
  one: Associated,
  all: readonly { readonly name: string; readonly inputs: Associated }[],
) {
  const twin = all.find(
    (other) =>
      other.name !== name &&
      other.inputs.clusterName === one.clusterName &&
      other.inputs.namespace === one.namespace &&
      other.inputs.serviceAccount === one.serviceAccount,
  );
  return twin === undefined
    ? undefined
    : {
        object: name,
        rule: `${one.namespace}/${one.serviceAccount} has another association, ${twin.name}: EKS takes one for each account`,
        source: "EKS API reference, CreatePodIdentityAssociation: ResourceInUseException",
        fix: "put what both roles allow into one",
      };
}

function nodeRolesOf(plan: Plan): readonly string[] {
  const groups = plan.all("aws:eks/nodeGroup:NodeGroup", z.object({ nodeRoleArn: z.string() }));
  return [...new Set(groups.map(({ inputs }) => inputs.nodeRoleArn))];
}

/** What nodes cannot join or pull without. */
const ofNodes = [/AmazonEKSWorkerNode(Minimal)?Policy$/, /AmazonEC2ContainerRegistry(PullOnly|ReadOnly)$/];

function unattached(plan: Plan, arn: string): readonly Fault[] {
  const name = arn.split(":").at(-1) ?? "";
  const attached = plan
    .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment", attachment)
    .filter(({ inputs }) => inputs.role === name || inputs.role === `${name}-id`);
  return ofNodes
    .filter((wanted) => !attached.some(({ inputs }) => wanted.test(inputs.policyArn)))
    .map((wanted) => ({
      object: name,
      rule: `nodes have it, and it lacks the policy ${wanted.source.replaceAll(/[()$?]/g, "")}: they do not join, or pull no image`,
      source: "EKS user guide, node IAM role",
      fix: "attach the policy",
    }));
}
