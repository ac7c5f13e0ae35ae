import { listAt, textAt, textsAt } from "../../../model/facts/read";
import type { Model, ModelObject } from "../../../model/model";
import type { ApiCall } from "./call";

/** A role that is bound to an account. */
export interface Grant {
  /** Undefined: everywhere. */
  readonly namespace: string | undefined;
  /** Undefined where others make the role, whose rules are not known. */
  readonly role: ModelObject | undefined;
}

/** Everything that is bound to an account. */
export function grantsOf(
  model: Model,
  cluster: string,
  namespace: string,
  account: string,
): readonly Grant[] {
  const subjects = [
    `ServiceAccount ${namespace}/${account}`,
    `Group system:serviceaccounts:${namespace}`,
    "Group system:serviceaccounts",
  ];
  return model
    .of("RoleBinding", "ClusterRoleBinding")
    .filter((one) => one.cluster === cluster && one.subjects?.some((subject) => subjects.includes(subject)))
    .map((binding) => ({ namespace: binding.namespace, role: roleOf(model, binding) }));
}

/** The role that a binding gives; undefined where its rules are not known. */
export function roleOf(
  model: Model,
  { cluster, namespace, role, manifest }: ModelObject,
): ModelObject | undefined {
  if (role === undefined) return undefined;
  const own = model.find({ cluster, kind: "Role", namespace, name: role });
  const ofAll = model.find({ cluster, kind: "ClusterRole", namespace: undefined, name: role });
  const kind = textAt(manifest, "roleRef", "kind");
  const found = kind === "ClusterRole" ? ofAll : (own ?? ofAll);
  return found?.manifest === undefined ? undefined : found;
}

/** Whether something bound allows a call. Roles whose rules are not known may allow it. */
export function isAllowed(grants: readonly Grant[], call: ApiCall): boolean {
  return grants.some(
    ({ namespace, role }) =>
      (namespace === undefined || namespace === call.namespace) &&
      (role === undefined || rulesOf(role).some((rule) => allows(rule, call))),
  );
}

/** The rules of a role. */
export function rulesOf({ manifest }: ModelObject): readonly unknown[] {
  return listAt(manifest, "rules");
}

function allows(rule: unknown, { verb, group, resource, name }: ApiCall): boolean {
  const has = (field: string, value: string): boolean => {
    const list = textsAt(rule, field);
    return list.includes("*") || list.includes(value);
  };
  const part = resource.split("/")[1];
  const names = textsAt(rule, "resourceNames");
  return (
    has("verbs", verb) &&
    has("apiGroups", group) &&
    (has("resources", resource) || (part !== undefined && has("resources", `*/${part}`))) &&
    (names.length === 0 || (name !== undefined && names.includes(name)))
  );
}
