import type * as pulumi from "@pulumi/pulumi";

/** The namespace of the operators of data stores, for stores in all namespaces. */
export const dataOperatorsNamespace = "data-operators";

/**
 * What looks after each kind of data store on a cluster: a store is made after it, and gone before it. Undefined where no
 * system needs the kind, or where another stack owns the cluster and its operators (D3).
 */
export interface DataOperators {
  readonly kafka?: pulumi.Resource;
  readonly mongodb?: pulumi.Resource;
  readonly postgresql?: pulumi.Resource;
  readonly rabbitmq?: pulumi.Resource;
  readonly redis?: pulumi.Resource;
}
