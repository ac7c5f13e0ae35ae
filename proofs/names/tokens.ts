import { podSpecOf } from "../../model/facts/of-workload";
import { at, listAt, numberAt, textAt } from "../../model/facts/read";
import type { Model, ModelObject, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";
import { writtenWorkloads } from "../written";

/** Seconds: the API server gives no token for less. */
const shortest = 600;

/** Where an account of the program's pods has a role, the pods have its token, which the API server takes. */
export const rolesHaveTokens: Check = ({ model }) =>
  sum([
    each(
      model.workloads.filter(({ origin }) => origin.by === "program"),
      (workload) => {
        const binding = bindingOf(model, workload);
        return binding === undefined || hasToken(model, workload)
          ? undefined
          : {
              object: nameOf(workload),
              rule: `its account has a role by ${binding.kind} ${binding.name}, and its pods have no token to use it with`,
              source:
                "Kubernetes, service accounts: automountServiceAccountToken; projected tokens, audience",
              fix: "set automountServiceAccountToken of the pods, or take the binding away",
            };
      },
    ),
    each(writtenWorkloads(model), shortTokens),
  ]);

function shortTokens(workload: Workload): readonly Fault[] {
  return tokensOf(workload)
    .map((token) => numberAt(token, "expirationSeconds") ?? shortest)
    .filter((seconds) => seconds < shortest)
    .map((seconds) => ({
      object: nameOf(workload),
      rule: `its pods ask for a token of ${seconds} s: the API server refuses them`,
      source: "Kubernetes, projected volumes: serviceAccountToken, expirationSeconds",
      fix: `ask for ${shortest} s or more`,
    }));
}

/** The tokens that a workload's pods mount by themselves. */
function tokensOf({ manifest }: Workload): readonly unknown[] {
  return listAt(podSpecOf(manifest), "volumes")
    .flatMap((volume) => listAt(volume, "projected", "sources"))
    .flatMap((source) => at(source, "serviceAccountToken") ?? []);
}

/** Without an audience a token is for the API server. */
function isForTheApi(token: unknown): boolean {
  return /^(https:\/\/)?kubernetes\.default/.test(textAt(token, "audience") ?? "kubernetes.default");
}

function bindingOf(model: Model, { cluster, namespace, pod }: Workload): ModelObject | undefined {
  const subject = `ServiceAccount ${namespace}/${pod.serviceAccount}`;
  return model
    .of("RoleBinding", "ClusterRoleBinding")
    .find((one) => one.cluster === cluster && one.subjects?.includes(subject) === true);
}

function hasToken(model: Model, workload: Workload): boolean {
  const { cluster, namespace, pod } = workload;
  const account = model.find({
    cluster,
    kind: "ServiceAccount",
    namespace,
    name: pod.serviceAccount ?? "default",
  });
  return (pod.automountToken ?? account?.automountToken ?? true) || tokensOf(workload).some(isForTheApi);
}
