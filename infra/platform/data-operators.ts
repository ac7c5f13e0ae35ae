import type * as pulumi from "@pulumi/pulumi";

/** The namespace of the operators of data stores, for stores in all namespaces. */
export const dataOperatorsNamespace = "data-operators";

/**
 * The operators of each kind of data store on a cluster. A store is created after its operator and deleted before it. Undefined where no
 * system needs the kind, or where another stack owns the cluster and its operators (D3).
 */
export interface DataOperators {
  readonly kafka?: pulumi.Resource;
  readonly mongodb?: pulumi.Resource;
  readonly postgresql?: pulumi.Resource;
  readonly rabbitmq?: pulumi.Resource;
  readonly redis?: pulumi.Resource;
}
