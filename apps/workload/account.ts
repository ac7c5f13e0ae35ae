import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import { Role, RoleBinding } from "@pulumi/kubernetes/rbac/v1";
import type * as pulumi from "@pulumi/pulumi";

/** What a workload may do with objects of its own namespace. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Only these objects, by name. @default all */
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** A workload's identity. */
export interface Account {
  /** The account's name. */
  readonly name: string;
  /** The account and what binds its role: pods that come before them are refused, or act without rights. */
  readonly resources: readonly pulumi.Resource[];
}

/** Arguments of {@link createAccount}. */
export interface AccountArgs {
  readonly namespace: string;
  /** The workload's name. */
  readonly workload: string;
  /** @default the workload's name */
  readonly account?: string;
  /** The role's name. @default the account's name */
  readonly role?: string;
  /** @default none: the pods get no token */
  readonly rules?: readonly Rule[];
}

/**
 * The identity of a workload: an account of its own, and the few things that it may do with the API, if any. What it may
 * do with the cloud is bound to the account by the cloud's own layer. (A1, B3, C6)
 */
export function createAccount(
  name: string,
  { namespace, workload, account = workload, role = account, rules = [] }: AccountArgs,
  options: pulumi.CustomResourceOptions,
): Account {
  const metadata = { name: account, namespace };
  const made = new ServiceAccount(
    `${name}-account`,
    { metadata, automountServiceAccountToken: false },
    options,
  );
  if (rules.length === 0) return { name: account, resources: [made] };
  new Role(
    `${name}-role`,
    {
      metadata: { name: role, namespace },
      rules: rules.map(({ apiGroups, resources, resourceNames, verbs }) => ({
        apiGroups: [...apiGroups],
        resources: [...resources],
        verbs: [...verbs],
        ...(resourceNames && { resourceNames: [...resourceNames] }),
      })),
    },
    options,
  );
  const binding = new RoleBinding(
    `${name}-role-binding`,
    {
      metadata: { name: `${role.replace(/-role$/, "")}-rolebinding`, namespace },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role },
      subjects: [{ kind: "ServiceAccount", name: account, namespace }],
    },
    options,
  );
  return { name: account, resources: [made, binding] };
}
