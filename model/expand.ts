import { type Locked, readLock } from "./charts/lock";
import type { ObjectFacts } from "./facts/object";
import { factsOfManifest } from "./facts/of-manifest";
import { manifestOf } from "./manifest";
import { Model, type ModelObject } from "./model";
import { passing } from "./operators";
import type { Plan, PlannedResource } from "./plan";
import { type Release, release, releaseType } from "./release";
import { withOperators } from "./with-operators";

/**
 * What runs once the plan is carried out, with the releases' objects from the lock. Built once for each plan.
 */
export function modelOf(plan: Plan): Model {
  const known = models.get(plan);
  if (known !== undefined) {
    return known;
  }
  const model = modelWith(plan, readLock(plan.stack));
  models.set(plan, model);
  return model;
}

const models = new WeakMap<Plan, Model>();

/** The same with the objects of other releases. */
export function modelWith(plan: Plan, lock: readonly Locked[]): Model {
  const own = plan.resources.flatMap(ofProgram);
  const charts = plan.all(releaseType, release).flatMap((resource) => ofRelease(resource, lock));
  return new Model(plan.stack, withOperators([...own, ...charts], madeFor));
}

function ofProgram(resource: PlannedResource<unknown>): readonly ModelObject[] {
  const manifest = manifestOf(resource);
  if (manifest === undefined) {
    return [];
  }
  const origin = { by: "program", resource: resource.name } as const;
  return [{ ...factsOfManifest(manifest), ...placeOf(resource), origin, manifest }];
}

function ofRelease(resource: PlannedResource<Release>, lock: readonly Locked[]): readonly ModelObject[] {
  const { name, namespace } = resource.inputs;
  const place = placeOf(resource);
  const locked = lock.find(
    (one) => one.cluster === place.cluster && one.release === name && one.namespace === namespace,
  );
  const origin = { by: "chart", resource: resource.name, release: name } as const;
  return (locked?.objects ?? []).map((facts) => ({ ...facts, ...place, origin }));
}

function placeOf({ provider = "", system }: PlannedResource<unknown>) {
  return { cluster: clusterName(provider), system };
}

/** A cluster's name, from the logical name of its provider: `aws` for `aws-kubernetes`. */
export function clusterName(provider: string): string {
  return provider.replace(/-kubernetes$/, "");
}

/**
 * The model with objects that operators create temporarily: Jobs that prepare databases, pods that answer
 * challenges.
 */
export function withPassing(model: Model): Model {
  return new Model(model.stack, withOperators(model.objects, madeFor, { operators: passing }));
}

function madeFor(resource: ModelObject, facts: ObjectFacts): ModelObject {
  const { cluster, system, origin } = resource;
  return {
    ...facts,
    cluster,
    system,
    origin: {
      by: "operator",
      resource: origin.by === "cluster" ? "" : origin.resource,
      of: `${resource.kind}/${resource.name}`,
    },
  };
}
