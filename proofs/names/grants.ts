import type { Model, ModelObject } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";

/** Roles that every API server contains. */
const ownRole = /^(system:.*|cluster-admin|admin|edit|view)$/;

/** Bindings refer to existing roles and accounts; Ingresses have an existing class and issuer. */
export const grantsAndClassesAreThere: Check = ({ model }) =>
  sum([
    each(model.of("RoleBinding", "ClusterRoleBinding"), (binding) => [
      ...roleFaults(model, binding),
      ...subjectFaults(model, binding),
    ]),
    each(model.of("Ingress"), (ingress) => [
      ...absent(model, ingress, "IngressClass", ingress.class, "its class"),
      ...absent(
        model,
        ingress,
        "ClusterIssuer",
        ingress.manifest?.metadata.annotations?.["cert-manager.io/cluster-issuer"],
        "its certificate's issuer",
      ),
    ]),
  ]);

function roleFaults(model: Model, binding: ModelObject) {
  const { cluster, namespace, role } = binding;
  const isThere =
    role === undefined ||
    ownRole.test(role) ||
    // A role of another release, or of the cluster itself, in another owner's namespace.
    !isOurs(model, cluster, namespace) ||
    model.find({ cluster, kind: "Role", namespace, name: role }) !== undefined ||
    model.find({ cluster, kind: "ClusterRole", namespace: undefined, name: role }) !== undefined;
  return isThere
    ? []
    : [
        {
          object: nameOf(binding),
          rule: `it binds the role ${role}, which is not there: it gives nothing`,
          source: "Kubernetes, RBAC: a binding to a role that does not exist is taken",
          fix: "name a role that there is",
        },
      ];
}

function subjectFaults(model: Model, binding: ModelObject) {
  const { cluster } = binding;
  return (binding.subjects ?? []).flatMap((subject) => {
    const [, namespace = "", name = ""] = /^ServiceAccount ([^/]+)\/(.+)$/.exec(subject) ?? [];
    const isThere =
      name === "" ||
      name === "default" ||
      !isOurs(model, cluster, namespace) ||
      model.find({ cluster, kind: "ServiceAccount", namespace, name }) !== undefined;
    return isThere
      ? []
      : [
          {
            object: nameOf(binding),
            rule: `it gives its role to the account ${namespace}/${name}, which is not there`,
            source: "Kubernetes, RBAC: a subject that does not exist is taken",
            fix: "name the account that the pods run as",
          },
        ];
  });
}

function isOurs(model: Model, cluster: string, namespace: string | undefined): boolean {
  return (
    namespace === undefined ||
    model.find({ cluster, kind: "Namespace", namespace: undefined, name: namespace }) !== undefined
  );
}

/** On another stack's cluster that stack creates classes and issuers. */
function absent(
  model: Model,
  object: ModelObject,
  kind: "ClusterIssuer" | "IngressClass",
  name: string | undefined,
  what: string,
) {
  const all = model.of(kind).filter(({ cluster }) => cluster === object.cluster);
  return name === undefined || all.length === 0 || all.some((one) => one.name === name)
    ? []
    : [
        {
          object: nameOf(object),
          rule: `${what} ${name} is none of the cluster's`,
          source:
            "Kubernetes, Ingress: a controller looks after the Ingresses of its class alone; cert-manager, Ingress",
          fix: `take one of ${all.map((one) => one.name).join(", ")}`,
        },
      ];
}
