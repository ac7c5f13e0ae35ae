import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { ResourcePolicy } from "../policy";
import { at, entries, items, unknown, type Value } from "../value";
import { identitiesIn, powerIn } from "./grants";
import { patchedKindOf } from "./objects";

interface Configuration {
  readonly administrators: readonly Exception[];
  readonly powerful: readonly Exception[];
}

const group = "rbac.authorization.k8s.io";
const roles = [`${group}/Role`, `${group}/ClusterRole`];
const bindings = [`${group}/RoleBinding`, `${group}/ClusterRoleBinding`];

/** Verbs that let a role grant anything. */
const escalating = ["bind", "escalate", "impersonate"];

/** Groups that every caller belongs to. */
const everybody = [
  "system:anonymous",
  "system:unauthenticated",
  "system:authenticated",
  "system:serviceaccounts",
];

/** Kubernetes' own roles that may be bound in the whole cluster: they only read, or check identities. */
const harmless =
  /^(view|system:(auth-delegator|discovery|basic-user|monitoring|public-info-viewer|service-account-issuer-discovery|metrics-server-aggregated-reader|aggregated-metrics-reader|certificates\.k8s\.io:.*|volume-scheduler|kube-dns|kube-scheduler))$/;

export const leastPrivilege: ResourcePolicy<Configuration> = {
  id: "kubernetes-least-privilege",
  scope: "resource",
  what: "Roles name what they grant and grant nothing that amounts to the whole cluster; no binding makes an administrator of the cluster, or goes to a group that holds everyone.",
  why: "A wildcard grants what is installed tomorrow too; one token of an administrator is the whole cluster.",
  severity: "critical",
  standards: ["NSA/CISA Kubernetes hardening", "CIS EKS 4.1.1 to 4.1.5, 4.1.8", "PCI-DSS 4: 7.2.2", "K4"],
  remediation:
    'List apiGroups, resources and verbs instead of "*", leave out bind, escalate and impersonate, grant Secrets, pods and tokens by Roles of a namespace, and bind accounts of their own.',
  configuration: {
    administrators: exceptions("Bindings, by metadata.name, that may grant cluster-admin."),
    powerful: exceptions(
      "Roles, by metadata.name, that may grant what amounts to the cluster, such as an operator's.",
    ),
  },
  appliesTo: (type) => [...roles, ...bindings].includes(patchedKindOf(type) ?? ""),
  *validate({ type, properties }, { administrators, powerful }) {
    const kind = patchedKindOf(type) ?? "";
    if (!roles.includes(kind)) {
      yield* subjects(properties, kind.endsWith("/ClusterRoleBinding"), namesOf(administrators));
      return;
    }
    const inSystem = at(properties, "metadata", "namespace") === "kube-system";
    const mayBe = isListed(at(properties, "metadata", "name"), namesOf(powerful));
    yield* grants(properties, { isClusterWide: kind.endsWith("/ClusterRole") || inSystem, inSystem, mayBe });
  },
};

function isListed(name: Value | undefined, listed: readonly string[]): boolean {
  return listed.length > 0 && (typeof name !== "string" || listed.includes(name));
}

/** What is known of a role besides its rules. */
interface Standing {
  readonly isClusterWide: boolean;
  /** Whether it is a Role of kube-system. */
  readonly inSystem: boolean;
  /** Whether the stack declares it powerful. */
  readonly mayBe: boolean;
}

function* grants(properties: Value, { isClusterWide, inSystem, mayBe }: Standing): Iterable<string> {
  for (const [index, rule] of items(at(properties, "rules")).entries()) {
    for (const [field, list] of entries(rule)) {
      const wild = items(list).find(
        (one) =>
          one === "*" || (field === "resources" && /(^\*|\/\*$)/.test(String(one === unknown ? "" : one))),
      );
      if (wild !== undefined) yield `rules[${index}].${field} holds "${String(wild)}": list what is needed.`;
    }
    const verbs = items(at(rule, "verbs")).filter((one) => escalating.some((verb) => verb === one));
    if (verbs.length > 0) {
      yield `rules[${index}].verbs holds ${verbs.join(", ")}, by which it can grant anything: leave it out.`;
    }
    const power = mayBe ? undefined : (powerIn(rule, isClusterWide) ?? identitiesIn(rule, inSystem));
    if (power !== undefined) {
      yield `rules[${index}] ${power}: grant it by a Role where it is needed, or declare the role in powerful.`;
    }
  }
  const selectors = items(at(properties, "aggregationRule", "clusterRoleSelectors"));
  for (const [index, selector] of selectors.entries()) {
    if (selector === unknown || isOfSome(selector)) continue;
    yield `aggregationRule.clusterRoleSelectors[${index}] takes in every ClusterRole: select by a label that only its own have.`;
  }
}

/**
 * Whether a selector matches only roles that are labelled for it. All of Kubernetes' own have the
 * bootstrapping label.
 */
function isOfSome(selector: Value): boolean {
  const labels = at(selector, "matchLabels");
  const expressions = at(selector, "matchExpressions");
  if (labels === unknown || expressions === unknown) return true;
  const own = (key: Value | undefined): boolean => key === unknown || key !== "kubernetes.io/bootstrapping";
  return (
    entries(labels).some(([key]) => own(key)) ||
    items(expressions).some(
      (one) => one === unknown || (isSelecting(at(one, "operator")) && own(at(one, "key"))),
    )
  );
}

function isSelecting(operator: Value | undefined): boolean {
  return operator === "In" || operator === "Exists" || operator === unknown;
}

function* subjects(
  properties: Value,
  isClusterWide: boolean,
  administrators: readonly string[],
): Iterable<string> {
  const mayAdminister = isListed(at(properties, "metadata", "name"), administrators);
  const role = at(properties, "roleRef", "name");
  const isRole = at(properties, "roleRef", "kind") === "Role";
  if (role === "cluster-admin" && !mayAdminister && !isRole) {
    yield "roleRef.name is cluster-admin: bind a role that grants what is needed.";
  } else if (isClusterWide && !mayAdminister && typeof role === "string") {
    if (/^(admin|edit|system:.*)$/.test(role) && !harmless.test(role)) {
      yield `roleRef.name is ${role}, here of the whole cluster: bind it by a RoleBinding, or a role that grants what is needed.`;
    }
  }
  for (const [index, subject] of items(at(properties, "subjects")).entries()) {
    const who = at(subject, "name");
    if (everybody.some((one) => one === who)) {
      yield `subjects[${index}] is ${String(who)}, which is everybody: name accounts or groups.`;
    } else if (typeof who === "string" && /^system:serviceaccounts:/.test(who)) {
      yield `subjects[${index}] is ${who}, which is every account of the namespace: name accounts.`;
    } else if (who === "system:masters" && !mayAdminister) {
      yield `subjects[${index}] is system:masters, which no role can limit: name accounts or groups.`;
    } else if (who === "default" && at(subject, "kind") === "ServiceAccount") {
      yield `subjects[${index}] is the account "default", which every pod has that names none: name one of its own.`;
    }
  }
}
