import type { Labels } from "../../facts/object";
import type { Made } from "./made";

export function serviceAccount(name: string, labels?: Labels, automountToken?: boolean): Made {
  return { kind: "ServiceAccount", name, labels: labels && { ...labels }, automountToken };
}

export function role(name: string, labels?: Labels): Made {
  return { kind: "Role", name, labels: labels && { ...labels } };
}

interface BindingOptions {
  readonly name: string;
  readonly labels?: Labels;
  readonly role: string;
  readonly namespace: string;
  /** Name of the ServiceAccount, in the same namespace. */
  readonly account: string;
}

export function roleBinding({ name, labels, role: given, namespace, account }: BindingOptions): Made {
  return {
    kind: "RoleBinding",
    name,
    labels: labels && { ...labels },
    role: given,
    subjects: [`ServiceAccount ${namespace}/${account}`],
  };
}
