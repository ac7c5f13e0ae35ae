import { type Exception, exceptions, namesOf } from "../exemptions/exceptions";
import type { ResourcePolicy } from "../policy";
import { at, entries, items, type Value } from "../value";
import { kindOf } from "./objects";

interface Configuration {
  readonly administrators: readonly Exception[];
}

const roles = ["rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/ClusterRole"];
const bindings = ["rbac.authorization.k8s.io/RoleBinding", "rbac.authorization.k8s.io/ClusterRoleBinding"];

/** Verbs by which a role can be made to grant anything. */
const escalating = ["bind", "escalate", "impersonate"];

/** Groups that everybody is in, whoever they are. */
const everybody = ["system:anonymous", "system:unauthenticated", "system:authenticated"];

export const leastPrivilege: ResourcePolicy<Configuration> = {
  id: "kubernetes-least-privilege",
  scope: "resource",
  what: "Roles name what they grant, and nobody is made administrator of the cluster or bound along with everybody.",
  why: "A wildcard grants what is installed tomorrow too; one token of an administrator is the whole cluster.",
  severity: "critical",
  standards: ["NSA/CISA Kubernetes hardening", "CIS EKS 4.1.1, 4.1.3, 4.1.8", "PCI-DSS 4: 7.2.2", "K4"],
  remediation:
    'List apiGroups, resources and verbs instead of "*", leave out bind, escalate and impersonate, and bind a role that grants no more than is needed.',
  configuration: {
    administrators: exceptions("Bindings, by metadata.name, that may grant cluster-admin."),
  },
  appliesTo: (type) => [...roles, ...bindings].includes(kindOf(type) ?? ""),
  *validate({ type, properties }, { administrators }) {
    if (roles.includes(kindOf(type) ?? "")) yield* grants(properties);
    else yield* subjects(properties, namesOf(administrators));
  },
};

function* grants(properties: Value): Iterable<string> {
  for (const [index, rule] of items(at(properties, "rules")).entries()) {
    for (const [field, list] of entries(rule)) {
      if (items(list).includes("*")) yield `rules[${index}].${field} holds "*": list what is needed.`;
    }
    const verbs = items(at(rule, "verbs")).filter((one) => escalating.some((verb) => verb === one));
    if (verbs.length > 0) {
      yield `rules[${index}].verbs holds ${verbs.join(", ")}, by which it can grant anything: leave it out.`;
    }
  }
}

function* subjects(properties: Value, administrators: readonly string[]): Iterable<string> {
  const name = at(properties, "metadata", "name");
  const mayAdminister =
    administrators.length > 0 && (typeof name !== "string" || administrators.includes(name));
  if (at(properties, "roleRef", "name") === "cluster-admin" && !mayAdminister) {
    yield "roleRef.name is cluster-admin: bind a role that grants what is needed.";
  }
  for (const [index, subject] of items(at(properties, "subjects")).entries()) {
    const who = at(subject, "name");
    if (everybody.some((one) => one === who)) {
      yield `subjects[${index}] is ${String(who)}, which is everybody: name accounts or groups.`;
    }
  }
}
