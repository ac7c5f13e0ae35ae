import type { ObjectFacts } from "../facts/object";

/** An object that an operator deletes, also when something else created it. */
export type Deleted = Pick<ObjectFacts, "kind" | "name" | "namespace">;

/** The parts of a custom resource that an operator reads. */
export interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Empty for cluster-wide resources. */
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What else an operator reads on the cluster of a custom resource. */
export interface OperatorContext {
  /**
   * Custom resources of one kind (`postgresql.cnpg.io/Cluster`) in one namespace, from any maker, without
   * Secrets; those of the whole cluster are in the namespace ``.
   */
  readonly resources: (kind: string, namespace: string) => readonly CustomResource[];
}

/**
 * What an operator creates for one custom resource: all objects, with the pods that run once everything is
 * up. Each has the custom resource as its `owner`. Objects of a created object are left to that object's
 * operator. Throws a ZodError when the resource does not fit its definition.
 */
export type Operator = (resource: CustomResource, around: OperatorContext) => readonly ObjectFacts[];
