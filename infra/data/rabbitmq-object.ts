import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import { childOptions, type Site } from "../kit/site";

/** Where an object of RabbitMQ belongs. */
export interface InRabbitmq {
  readonly site: Site;
  readonly namespace: string;
  /** The cluster that it is in. */
  readonly clusterName: string;
}

/** A queue, a policy, a user or the like, which the topology operator carries over to RabbitMQ. */
export function rabbitmqObject(
  name: string,
  args: InRabbitmq & {
    readonly kind: "Binding" | "Exchange" | "Permission" | "Policy" | "Queue" | "User";
    /** Name of the Kubernetes object. */
    readonly objectName: string;
    readonly spec: Readonly<Record<string, unknown>>;
  },
  parent: pulumi.Resource,
  ...after: readonly pulumi.Resource[]
): CustomResource {
  const { site, namespace, clusterName, kind, objectName, spec } = args;
  return new CustomResource(
    name,
    {
      apiVersion: "rabbitmq.com/v1beta1",
      kind,
      metadata: { name: objectName, namespace },
      spec: { ...spec, rabbitmqClusterReference: { name: clusterName } },
    },
    childOptions(parent, site, namespace, ...after),
  );
}
