import { Dependencies } from "../../model/dependencies";
import type { ModelObject, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { makerName } from "./makers";

/** Every account that pods name exists before the pods: otherwise the pods fail with FailedCreate. */
export const accountsFirst: Check = ({ model, plan }) => {
  const order = plan && new Dependencies(plan);
  return each(model.workloads, (workload) => {
    const name = workload.pod.serviceAccount ?? "default";
    if (name === "default") {
      return undefined;
    }
    const { cluster, namespace } = workload;
    const account = model.find({ cluster, kind: "ServiceAccount", namespace, name });
    if (account === undefined) {
      return absent(workload, name);
    }
    return order === undefined || isBefore(order, account, workload) ? undefined : late(workload, account);
  });
};

function isBefore(order: Dependencies, account: ModelObject, workload: Workload): boolean {
  const [maker, user] = [order.makerOf(account), order.makerOf(workload)];
  // The same release or operator creates both, and knows the order.
  const isTogether = maker === user || (isOperators(account) && isOperators(workload));
  return maker === undefined || user === undefined || isTogether || order.isBefore(maker.urn, user.urn);
}

function isOperators({ origin }: ModelObject): boolean {
  return origin.by === "operator";
}

const source = "Kubernetes, ServiceAccount admission: a pod whose account is not there is refused";

function absent(workload: Workload, account: string): Fault {
  return {
    object: nameOf(workload),
    rule: `its pods run as ServiceAccount ${account}, which nothing makes`,
    source,
    fix: `make the account ${account} in ${workload.namespace}, or name one that there is`,
  };
}

function late(workload: Workload, account: ModelObject): Fault {
  return {
    object: nameOf(workload),
    rule: `it does not wait for its ServiceAccount ${account.name}, which ${makerName(account)} makes: FailedCreate until a retry`,
    source,
    fix: "let what makes the pods depend on what makes their account",
  };
}
