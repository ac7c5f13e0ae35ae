import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1";
import type * as pulumi from "@pulumi/pulumi";
import { childOptions, type Site } from "../kit/site";
import type { Pods } from "../network/edge";

/** How many members a drain leaves alone. */
export type Disruption = { readonly maxUnavailable: number } | { readonly minAvailable: number };

/** Arguments of {@link disruptionBudget}. */
export interface DisruptionBudgetArgs {
  readonly site: Site;
  /** The store's members. */
  readonly pods: Pods;
  readonly allowed: Disruption;
  /**
   * Name of the budget. Not one that the store's operator would give its own: it deletes those that it was not asked for.
   * @default the members' name
   */
  readonly budget?: string;
}

/** Has drains of nodes take a store's members one after the other. (K3, R3) */
export function disruptionBudget(
  name: string,
  { site, pods, allowed, budget = pods.name }: DisruptionBudgetArgs,
  parent: pulumi.Resource,
): void {
  new PodDisruptionBudget(
    name,
    {
      metadata: { name: budget, namespace: pods.namespace },
      spec: { ...allowed, selector: { matchLabels: pods.labels } },
    },
    childOptions(parent, site, pods.namespace),
  );
}
