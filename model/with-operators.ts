import { z } from "zod";
import type { ObjectFacts } from "./facts/object";
import { groupKind, type Manifest } from "./manifest";
import { operators } from "./operators";
import type { CustomResource, Surroundings } from "./operators/operator";

/** An object on one of several clusters, with the whole of it where that is known. */
type OnCluster = ObjectFacts & { readonly cluster: string; readonly manifest?: Manifest };

/**
 * The objects, and all that operators make of the custom resources among them, and of what operators have made.
 *
 * @param made puts what an operator makes beside the object that it makes it of
 * @param refused hears of custom resources that their operator cannot read. Default: the error is thrown
 */
export function withOperators<Object extends OnCluster>(
  objects: readonly Object[],
  made: (of: Object, facts: ObjectFacts) => Object,
  refused: (of: Object, error: unknown) => void = (_, error) => {
    throw error;
  },
): readonly Object[] {
  const all = [...objects];
  const resources = new Map<string, CustomResource[]>();
  for (const object of all) {
    const resource = customResource(object);
    if (resource) {
      const key = [object.cluster, groupKind(resource), resource.metadata.namespace].join(" ");
      resources.set(key, [...(resources.get(key) ?? []), resource]);
    }
  }
  // The list grows while it is walked: an Ingress has a Certificate made, and that a Secret.
  for (const object of all) {
    const resource = customResource(object);
    const operator = resource && operators.get(groupKind(resource));
    if (resource && operator) {
      const around: Surroundings = {
        resources: (kind, namespace) => resources.get([object.cluster, kind, namespace].join(" ")) ?? [],
      };
      try {
        all.push(...operator(resource, around).map((facts) => made(object, facts)));
      } catch (error) {
        refused(object, error);
      }
    }
  }
  return all;
}

/** The object as its operator reads it; undefined for what no operator reads. */
export function customResource({
  manifest,
  ...facts
}: ObjectFacts & { readonly manifest?: Manifest }): CustomResource | undefined {
  const { kind, name, namespace = "", labels } = facts;
  const apiVersion = manifest?.apiVersion ?? facts.apiVersion;
  const spec = readable.safeParse(manifest?.spec ?? facts.spec);
  if (apiVersion === undefined || !spec.success) {
    return undefined;
  }
  const annotations = manifest?.metadata.annotations ?? facts.annotations;
  return { apiVersion, kind, metadata: { name, namespace, labels, annotations }, spec: spec.data };
}

const readable = z.record(z.string(), z.unknown());
