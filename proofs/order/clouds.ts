import { z } from "zod";
import { Dependencies } from "../../model/dependencies";
import type { Plan, PlannedResource } from "../../model/plan";
import { usesOf } from "../identities/uses";
import type { Fault } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";

const attachment = z.object({ role: z.string(), policyArn: z.string() });
const addon = z.object({ clusterName: z.string().default(""), addonName: z.string() });
const group = z.object({ clusterName: z.string().default("") });

/** Add-ons that nodes need to be ready. */
const beforeNodes: ReadonlySet<string> = new Set(["vpc-cni"]);

/** Add-ons of Deployments: without a node EKS calls them degraded, and waiting for them ends in an error. */
const afterNodes: ReadonlySet<string> = new Set([
  "coredns",
  "aws-ebs-csi-driver",
  "aws-efs-csi-driver",
  "snapshot-controller",
]);

/** Roles have their policies before they are used and until they are not, and nodes come between the add-ons that they need and those that need them. */
export const cloudsComeInOrder: Check = ({ plan }) => {
  if (plan === undefined) return nothing;
  const order = new Dependencies(plan);
  const groups = plan.all("aws:eks/nodeGroup:NodeGroup", group);
  return sum([
    each(usesOf(plan), ({ of, roleArn }) => policyFaults(plan, order, of, roleArn)),
    each(plan.all("aws:eks/addon:Addon", addon), (one) => addonFaults(order, one, groups)),
  ]);
};

function policyFaults(
  plan: Plan,
  order: Dependencies,
  of: string,
  roleArn: string | undefined,
): readonly Fault[] {
  const role = roleArn?.split(":").at(-1);
  const users = order.named(of).filter(({ type }) => type.startsWith("aws:"));
  return plan
    .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment", attachment)
    .filter(({ inputs }) => role !== undefined && (inputs.role === role || inputs.role === `${role}-id`))
    .filter(({ urn }) => users.length > 0 && !users.some((user) => order.isBefore(urn, user.urn)))
    .map(({ inputs }) => ({
      object: of,
      rule: `it does not wait for the policy ${inputs.policyArn.split("/").at(-1)} of its role: it is made too soon, and what it made stays behind when that goes first`,
      source:
        "EKS, AWS Backup and Pulumi: a role's policies are attached before it is used, and taken away after",
      fix: "depend on the attachment",
    }));
}

function addonFaults(
  order: Dependencies,
  { urn, name, inputs }: PlannedResource<z.infer<typeof addon>>,
  all: readonly PlannedResource<z.infer<typeof group>>[],
): readonly Fault[] {
  const groups = all.filter((one) => one.inputs.clusterName === inputs.clusterName);
  const fault = (rule: string, fix: string): Fault => ({
    object: name,
    rule,
    source:
      "EKS user guide, add-ons; EKS API: node groups and add-ons fail when they are not healthy in time",
    fix,
  });
  const early = beforeNodes.has(inputs.addonName)
    ? groups.find((one) => !order.isBefore(urn, one.urn))
    : undefined;
  const isLate =
    !afterNodes.has(inputs.addonName) ||
    groups.length === 0 ||
    groups.some((one) => order.isBefore(one.urn, urn));
  return [
    ...(early === undefined
      ? []
      : [
          fault(
            `nodes of ${early.name} do not wait for it, and are not ready without it`,
            "let node groups depend on it",
          ),
        ]),
    ...(isLate
      ? []
      : [
          fault(
            "it does not wait for any node, and is degraded until there is one",
            "depend on a node group",
          ),
        ]),
  ];
}
