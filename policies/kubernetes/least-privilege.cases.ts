import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
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

function inNamespace(namespace: string, rule: Values): Sample {
  return {
    type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
    properties: { metadata: { name: "reader", namespace }, rules: [rule] },
  };
}

function aggregated(selector: Values): Sample {
  return {
    type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
    properties: { metadata: { name: "all" }, aggregationRule: { clusterRoleSelectors: [selector] } },
  };
}

const everyRole =
  "sample: aggregationRule.clusterRoleSelectors[0] takes in every ClusterRole: select by a label that only its own have.";

function power(what: string, why: string): string {
  return `sample: rules[0] lets it ${what}, by which it ${why}: grant it by a Role where it is needed, or declare the role in powerful.`;
}

function whole(role: string): string {
  return `sample: roleRef.name is ${role}, here of the whole cluster: bind it by a RoleBinding, or a role that grants what is needed.`;
}

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

    {
      name: "what amounts to the cluster",
      resources: [
        role({ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }),
        role({ apiGroups: ["apps"], resources: ["daemonsets"], verbs: ["patch"] }),
        role({ apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] }),
        role({ apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }),
        role({
          apiGroups: ["admissionregistration.k8s.io"],
          resources: ["mutatingwebhookconfigurations"],
          verbs: ["update"],
        }),
        inNamespace("shop", { apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] }),
        inNamespace("kube-system", { apiGroups: [""], resources: ["secrets"], verbs: ["get"] }),
        inNamespace("kube-system", { apiGroups: [""], resources: ["configmaps"], verbs: ["update"] }),
        role({ apiGroups: [""], resources: ["configmaps"], resourceNames: ["aws-auth"], verbs: ["patch"] }),
        role({ apiGroups: ["argoproj.io"], resources: ["workflows"], verbs: ["create"] }),
      ],
      violations: [
        power("list secrets", "reads every Secret, tokens of administrators included"),
        power("patch daemonsets", "starts pods under any account"),
        power("get nodes/proxy", "speaks to every kubelet"),
        power("create pods/exec", "gets into every pod"),
        power("update mutatingwebhookconfigurations", "sees and changes everything that is created"),
        power("create serviceaccounts/token", "makes tokens of every account"),
        power("get secrets", "reads every Secret, tokens of administrators included"),
        power("update the ConfigMap aws-auth", "makes anyone administrator"),
        power("patch the ConfigMap aws-auth", "makes anyone administrator"),
        power("create workflows", "starts pods under any account"),
      ],
    },
    {
      name: "roles that take in all others, and all that is below a resource",
      resources: [
        aggregated({}),
        aggregated({ matchExpressions: [{ key: "kubernetes.io/bootstrapping", operator: "Exists" }] }),
        role({ apiGroups: [""], resources: ["pods/*"], verbs: ["get"] }),
      ],
      violations: [everyRole, everyRole, 'sample: rules[0].resources holds "pods/*": list what is needed.'],
    },
    {
      name: "groups of accounts, the default account and those above all roles",
      resources: [
        binding("reader", { kind: "Group", name: "system:serviceaccounts" }),
        binding("reader", { kind: "Group", name: "system:serviceaccounts:shop" }),
        binding("reader", { kind: "Group", name: "system:masters" }),
        binding("reader", { ...account, name: "default" }),
      ],
      violations: [
        "sample: subjects[0] is system:serviceaccounts, which is everybody: name accounts or groups.",
        "sample: subjects[0] is system:serviceaccounts:shop, which is every account of the namespace: name accounts.",
        "sample: subjects[0] is system:masters, which no role can limit: name accounts or groups.",
        'sample: subjects[0] is the account "default", which every pod has that names none: name one of its own.',
      ],
    },
    {
      name: "Kubernetes' own roles, in the whole cluster, and by a patch",
      resources: [
        binding("admin", account),
        binding("system:controller:job-controller", account),
        {
          ...binding("cluster-admin", account),
          type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch",
        },
      ],
      violations: [whole("admin"), whole("system:controller:job-controller"), administrator],
    },
  ],
  passes: [
    { name: "what is needed", resources: [role(pods), binding("reader", account)] },
    {
      name: "ConfigMaps of a namespace, others by name, and workflows of a namespace",
      resources: [
        inNamespace("shop", { apiGroups: [""], resources: ["configmaps"], verbs: ["update"] }),
        inNamespace("kube-system", {
          apiGroups: [""],
          resources: ["configmaps"],
          resourceNames: ["settings"],
          verbs: ["update"],
        }),
        inNamespace("shop", { apiGroups: ["argoproj.io"], resources: ["workflows"], verbs: ["create"] }),
      ],
    },
    {
      name: "an administrator that the stack declares",
      configuration: { administrators: [{ names: ["break-glass"], reason: "For emergencies" }] },
      resources: [binding("cluster-admin", { kind: "Group", name: "admins" }, "break-glass")],
    },

    {
      name: "Secrets and pods of one namespace, or by their names, and an operator's role",
      configuration: {
        powerful: [{ names: ["operator"], reason: "It makes the Secrets of all its clusters" }],
      },
      resources: [
        inNamespace("shop", { apiGroups: [""], resources: ["secrets", "pods"], verbs: ["get", "create"] }),
        role({ apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["ca"] }),
        {
          ...role({ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }),
          properties: {
            metadata: { name: "operator" },
            rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }],
          },
        },
      ],
    },
    {
      name: "roles of a label of their own, and roles of Kubernetes' own that only look",
      resources: [
        aggregated({ matchLabels: { "example.com/aggregate-to-monitoring": "true" } }),
        binding("view", account),
        binding("system:auth-delegator", account),
        {
          ...binding("admin", account),
          type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
        },
      ],
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
  faults: [
    faults.set(/:ClusterRole$/, "aggregationRule", { clusterRoleSelectors: [{}] }),
    faults.only(
      /dashboard/,
      faults.set(/:ClusterRole$/, "rules", [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }]),
    ),
    faults.set(/:ClusterRoleBinding$/, "roleRef.name", "edit"),
    ...["verbs", "resources", "apiGroups"].map((field) =>
      faults.set(/:(Cluster)?Role$/, `rules[].${field}`, ["*"]),
    ),
    faults.set(/:ClusterRole$/, "rules[].verbs", ["impersonate"]),
    ...[
      { apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] },
      { apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["escalate"] },
      { apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] },
    ].map((rule) => faults.only(/dashboard/, faults.set(/:ClusterRole$/, "rules", [rule]))),
    faults.set(/:(Cluster)?RoleBinding$/, "roleRef.name", "cluster-admin"),
    faults.set(/:(Cluster)?RoleBinding$/, "subjects", [{ kind: "Group", name: "system:authenticated" }]),
  ],
};
