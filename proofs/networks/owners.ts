import { z } from "zod";
import { modelOf } from "../../model/expand";
import type { ModelObject } from "../../model/model";
import type { Plan } from "../../model/plan";
import { readPlan } from "../../model/read-plan";
import { reviewedStacks } from "../../model/reviewed";

const reference = z.looseObject({ name: z.string() });

/** The reviewed plan of the stack that owns a cluster of this one. */
export interface OwnersPlan {
  /** The cluster's name. */
  readonly cluster: string;
  readonly plan: Plan;
}

/** Plans of the stacks whose clusters a stack deploys to, as far as they are reviewed here. */
export function ownersPlans(plan: Plan | undefined): readonly OwnersPlan[] {
  const references = plan?.all("pulumi:pulumi:StackReference", reference) ?? [];
  return references.flatMap(({ name, inputs }) => {
    const stack = inputs.name.split("/").at(-1) ?? "";
    const [, cluster] = /^(.+)-cluster-owner$/.exec(name) ?? [];
    const isReviewed = reviewedStacks().includes(stack);
    return cluster === undefined || !isReviewed ? [] : [{ cluster, plan: readPlan(stack) }];
  });
}

/**
 * The objects on clusters that another stack owns and this one deploys to, from the owner's reviewed plan:
 * its policies apply to this stack's pods, and its services call them. Empty when the owner has no reviewed
 * plan here.
 */
export function ownersObjects(plan: Plan | undefined): readonly ModelObject[] {
  return ownersPlans(plan).flatMap(({ cluster, plan: owners }) =>
    modelOf(owners).objects.filter((object) => object.cluster === cluster),
  );
}
