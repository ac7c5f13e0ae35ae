import { z } from "zod";
import { entriesAt, listAt, textAt } from "../../model/facts/read";
import type { Plan } from "../../model/plan";
import type { Fault } from "../proof";
import { type Check, each, nothing } from "../verdict";

const association = z.object({
  clusterName: z.string(),
  namespace: z.string(),
  serviceAccount: z.string(),
  roleArn: z.string(),
});

/** Tags of EKS' sessions, and the fields of an association that they have. */
const tags = {
  "aws:RequestTag/kubernetes-namespace": "namespace",
  "aws:RequestTag/kubernetes-service-account": "serviceAccount",
} as const;

/** An association is of the plan's own cluster, and the role lets exactly its account in. */
export const sessionsFit: Check = ({ plan }) => {
  if (plan === undefined) return nothing;
  const clusters = plan
    .all("aws:eks/cluster:Cluster", z.object({ name: z.string() }))
    .map(({ inputs }) => inputs.name);
  return each(
    plan.all("aws:eks/podIdentityAssociation:PodIdentityAssociation", association),
    ({ name, inputs }): readonly Fault[] => {
      const fault = (rule: string, fix: string): Fault => ({
        object: name,
        rule,
        source: "EKS user guide, EKS Pod Identities: session tags; associations are by cluster",
        fix,
      });
      return [
        ...(clusters.length > 0 && !clusters.includes(inputs.clusterName)
          ? [
              fault(
                `it is for the cluster ${inputs.clusterName}, and the plan makes ${clusters.join(", ")}`,
                "name the plan's cluster",
              ),
            ]
          : []),
        ...conditionsOf(plan, inputs.roleArn).flatMap(([tag, values]) => {
          const field = Object.entries(tags).find(([key]) => key === tag)?.[1];
          const own = field === undefined ? undefined : inputs[field];
          return own === undefined || values.includes(own)
            ? []
            : [
                fault(
                  `its role is for the ${field} ${values.join(", ")}, and it gives it to ${own}: the pods get no credentials`,
                  "let the role's trust name the same",
                ),
              ];
        }),
      ];
    },
  );
};

/** The values of each key that a role's trust demands to be equal. */
function conditionsOf(plan: Plan, arn: string): readonly (readonly [string, readonly unknown[]])[] {
  const role = plan
    .all("aws:iam/role:Role", z.object({ assumeRolePolicy: z.string() }))
    .find(({ name }) => `arn:aws:iam/role:Role:${name}` === arn);
  return listAt(JSON.parse(role?.inputs.assumeRolePolicy ?? "{}"), "Statement")
    .filter((statement) => textAt(statement, "Effect") === "Allow")
    .flatMap((statement) => entriesAt(statement, "Condition", "StringEquals"))
    .map(([key, value]) => [key, [value].flat()]);
}
