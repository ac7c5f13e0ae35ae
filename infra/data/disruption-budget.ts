import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { Pods } from "../network/edge";
import { childOptions, type Site } from "../platform/site";

/** How many members a drain leaves alone. */
export type Disruption = { readonly maxUnavailable: number } | { readonly minAvailable: number };

/** Has drains of nodes take a store's members one after the other. (K3, R3) */
export function disruptionBudget(
  name: string,
  { site, pods, allowed }: { readonly site: Site; readonly pods: Pods; readonly allowed: Disruption },
  parent: pulumi.Resource,
): void {
  new PodDisruptionBudget(
    name,
    {
      metadata: { name: pods.name, namespace: pods.namespace },
      spec: { ...allowed, selector: { matchLabels: pods.labels } },
    },
    childOptions(parent, site, pods.namespace),
  );
}
