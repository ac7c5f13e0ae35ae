import type { ObjectFacts } from "../facts/object";

/** An object that an operator deletes wherever it finds it, whoever made it. */
export type Deleted = Pick<ObjectFacts, "kind" | "name" | "namespace">;

/** A custom resource as far as an operator reads it. */
export interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Empty for what belongs to the whole cluster. */
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What else an operator looks at on the cluster of a custom resource. */
export interface Surroundings {
  /**
   * Custom resources, Secrets aside, of one kind (`postgresql.cnpg.io/Cluster`) in one namespace, whichever makes them; those of
   * the whole cluster are in the namespace ``.
   */
  readonly resources: (kind: string, namespace: string) => readonly CustomResource[];
}

/**
 * What an operator makes of one custom resource: all objects, with the pods that stand once everything is up. Each names the
 * custom resource as its `owner`. What is made of an object that an operator makes, that object's operator tells. Throws a ZodError where the resource is not as its definition says.
 */
export type Operator = (resource: CustomResource, around: Surroundings) => readonly ObjectFacts[];
