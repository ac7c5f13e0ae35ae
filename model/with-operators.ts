import { z } from "zod";
import type { ObjectFacts } from "./facts/object";
import { groupKind, type Manifest } from "./manifest";
import { operators } from "./operators";
import type { CustomResource, Operator, OperatorContext } from "./operators/operator";

/** An object on one of several clusters, with its manifest where it is known. */
type OnCluster = ObjectFacts & { readonly cluster: string; readonly manifest?: Manifest };

export interface OperatorsOptions<Object> {
  /** Operators by kinds, as `group/Kind`. Default: all that create permanent objects. */
  readonly operators?: ReadonlyMap<string, Operator>;
  /** Called for custom resources that their operator cannot read. Default: the error is thrown. */
  readonly refused?: (of: Object, error: unknown) => void;
}

/**
 * The objects, with everything that operators create for the custom resources among them and among created
 * objects.
 *
 * @param made combines a created object with its custom resource
 */
export function withOperators<Object extends OnCluster>(
  objects: readonly Object[],
  made: (of: Object, facts: ObjectFacts) => Object,
  { operators: acting = operators, refused = rethrow }: OperatorsOptions<Object> = {},
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
  // The list grows while it is read: an Ingress creates a Certificate, which creates a Secret.
  for (const object of all) {
    const resource = customResource(object);
    const operator = resource && acting.get(groupKind(resource));
    if (resource && operator) {
      const around: OperatorContext = {
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

function rethrow(_: unknown, error: unknown): never {
  throw error;
}

/** The object as its operator reads it; undefined when no operator does. */
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
