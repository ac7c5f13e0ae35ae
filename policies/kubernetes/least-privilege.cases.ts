import type { Cases, Sample } from "../testing/cases";
import { unknown, type Value, type Values } from "../value";
import { leastPrivilege } from "./least-privilege";

function role(...rules: readonly Value[]): Sample {
  return {
    type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
    properties: { metadata: { name: "reader" }, rules },
  };
}

function binding(to: Value, subject: Values, name: Value = "readers"): Sample {
  return {
    type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
    properties: { metadata: { name }, roleRef: { kind: "ClusterRole", name: to }, subjects: [subject] },
  };
}

const pods = { apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] };
const account = { kind: "ServiceAccount", name: "app", namespace: "shop" };
const administrator = "sample: roleRef.name is cluster-admin: bind a role that grants what is needed.";

export const leastPrivilegeCases: Cases = {
  policy: leastPrivilege,
  catches: [
    {
      name: "wildcards",
      resources: [role(pods, { apiGroups: ["*"], resources: ["*"], verbs: ["get", "*"] })],
      violations: ["apiGroups", "resources", "verbs"].map(
        (field) => `sample: rules[1].${field} holds "*": list what is needed.`,
      ),
    },
    {
      name: "verbs that grant anything",
      resources: [role({ ...pods, resources: ["clusterroles"], verbs: ["get", "escalate", "bind"] })],
      violations: [
        "sample: rules[0].verbs holds escalate, bind, by which it can grant anything: leave it out.",
      ],
    },
    {
      name: "an administrator",
      configuration: { administrators: [{ names: ["break-glass"], reason: "For emergencies" }] },
      resources: [binding("cluster-admin", account)],
      violations: [administrator],
    },
    {
      name: "everybody",
      resources: [binding("reader", { kind: "Group", name: "system:authenticated" })],
      violations: [
        "sample: subjects[0] is system:authenticated, which is everybody: name accounts or groups.",
      ],
    },
  ],
  passes: [
    { name: "what is needed", resources: [role(pods), binding("reader", account)] },
    {
      name: "an administrator that the stack declares",
      configuration: { administrators: [{ names: ["break-glass"], reason: "For emergencies" }] },
      resources: [binding("cluster-admin", { kind: "Group", name: "admins" }, "break-glass")],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one of the verbs is not known, another is a wildcard",
        resources: [
          role(unknown, { ...pods, apiGroups: unknown, verbs: [unknown, "*"] }),
          binding("cluster-admin", { ...account, name: unknown }, unknown),
        ],
        violations: ['sample: rules[1].verbs holds "*": list what is needed.', administrator],
      },
    ],
    passes: [
      {
        name: "the binding may be the declared one",
        configuration: { administrators: [{ names: ["break-glass"], reason: "For emergencies" }] },
        resources: [binding("cluster-admin", account, unknown), binding(unknown, account)],
      },
    ],
  },
};
