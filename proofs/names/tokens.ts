import type { Model, ModelObject, Workload } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";

/** Where an account of the program's pods has a role, the pods have its token. */
export const rolesHaveTokens: Check = ({ model }) =>
  each(
    model.workloads.filter(({ origin }) => origin.by === "program"),
    (workload) => {
      const binding = bindingOf(model, workload);
      return binding === undefined || hasToken(model, workload)
        ? undefined
        : {
            object: nameOf(workload),
            rule: `its account has a role by ${binding.kind} ${binding.name}, and its pods have no token to use it with`,
            source: "Kubernetes, service accounts: automountServiceAccountToken",
            fix: "set automountServiceAccountToken of the pods, or take the binding away",
          };
    },
  );

function bindingOf(model: Model, { cluster, namespace, pod }: Workload): ModelObject | undefined {
  const subject = `ServiceAccount ${namespace}/${pod.serviceAccount}`;
  return model
    .of("RoleBinding", "ClusterRoleBinding")
    .find((one) => one.cluster === cluster && one.subjects?.includes(subject) === true);
}

function hasToken(model: Model, { cluster, namespace, pod }: Workload): boolean {
  const account = model.find({
    cluster,
    kind: "ServiceAccount",
    namespace,
    name: pod.serviceAccount ?? "default",
  });
  return (
    (pod.automountToken ?? account?.automountToken ?? true) || pod.volumes?.includes("projected") === true
  );
}
