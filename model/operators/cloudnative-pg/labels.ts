import type { Cluster } from "./spec";

export type Labels = Readonly<Record<string, string>>;

const managedBy = { "app.kubernetes.io/managed-by": "cloudnative-pg" };

/** Labels of the Secrets that hold a cluster's certificates. */
export const certificateLabels: Labels = managedBy;

/** Labels of a cluster's account and roles. */
export function clusterLabels(cluster: string): Labels {
  return { ...managedBy, "cnpg.io/cluster": cluster };
}

/** Labels of Services, budgets, Jobs and pods of a cluster. */
export function databaseLabels({ name, major }: Cluster): Labels {
  return {
    ...clusterLabels(name),
    "app.kubernetes.io/component": "database",
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/name": "postgresql",
    "app.kubernetes.io/version": major,
  };
}

export function poolerLabels(pooler: string, cluster: string): Labels {
  return {
    ...clusterLabels(cluster),
    "app.kubernetes.io/component": "pooler",
    "app.kubernetes.io/instance": cluster,
    "app.kubernetes.io/name": "postgresql",
    "cnpg.io/podRole": "pooler",
    "cnpg.io/poolerName": pooler,
  };
}

export type Role = "primary" | "replica";

/**
 * Labels by which Services and budgets tell the primary from the replicas; they move when another instance is
 * promoted.
 */
export function roleLabels(role: Role): Labels {
  return { "cnpg.io/instanceRole": role, role };
}
