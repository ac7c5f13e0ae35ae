import { z } from "zod";
import { type Locked, readLock } from "./charts/lock";
import type { ObjectFacts } from "./facts/object";
import { factsOfManifest } from "./facts/of-manifest";
import { groupKind, manifestOf } from "./manifest";
import { Model, type ModelObject } from "./model";
import { operators } from "./operators";
import type { CustomResource, Surroundings } from "./operators/operator";
import type { Plan, PlannedResource } from "./plan";
import { type Release, release, releaseType } from "./release";

/** What stands once the plan is carried out. The releases' objects are those of the lock. */
export function modelOf(plan: Plan, lock: readonly Locked[] = readLock(plan.stack)): Model {
  const own = plan.resources.flatMap(ofProgram);
  const charts = plan.all(releaseType, release).flatMap((resource) => ofRelease(resource, lock));
  return new Model(plan.stack, withOperators([...own, ...charts]));
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

/** The name of a cluster by the logical name of its provider: `aws-kubernetes` is `aws`. */
export function clusterName(provider: string): string {
  return provider.replace(/-kubernetes$/, "");
}

/** The objects, and all that operators make of the custom resources among them, and of what operators have made. */
function withOperators(objects: readonly ModelObject[]): readonly ModelObject[] {
  const all = [...objects];
  const resources = new Map<string, CustomResource[]>();
  for (const object of all) {
    const resource = customResourceOf(object);
    if (resource) {
      const key = [object.cluster, groupKind(resource), resource.metadata.namespace].join(" ");
      resources.set(key, [...(resources.get(key) ?? []), resource]);
    }
  }
  // The list grows while it is walked: an Ingress has a Certificate made, and that a Secret.
  for (const object of all) {
    const resource = customResourceOf(object);
    const operator = resource && operators.get(groupKind(resource));
    if (resource && operator) {
      const around: Surroundings = {
        resources: (kind, namespace) => resources.get([object.cluster, kind, namespace].join(" ")) ?? [],
      };
      all.push(...operator(resource, around).map((facts) => madeFor(object, facts)));
    }
  }
  return all;
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

/** The object as its operator reads it; undefined for what no operator reads. */
export function customResourceOf({ manifest, ...facts }: ModelObject): CustomResource | undefined {
  const { kind, name, namespace, labels } = facts;
  const apiVersion = manifest?.apiVersion ?? facts.apiVersion;
  const spec = readable.safeParse(manifest?.spec ?? facts.spec);
  if (apiVersion === undefined || namespace === undefined || !spec.success) {
    return undefined;
  }
  const annotations = manifest?.metadata.annotations ?? facts.annotations;
  return { apiVersion, kind, metadata: { name, namespace, labels, annotations }, spec: spec.data };
}

const readable = z.record(z.string(), z.unknown());
