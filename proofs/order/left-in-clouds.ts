import { Dependencies } from "../../model/dependencies";
import type { ModelObject } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each, nothing } from "../verdict";

/** What a cloud has because of an object, and whoever takes it down again: it has to be there until the object is gone. */
interface Remover {
  /** Objects that the cloud has something for. */
  readonly of: (object: ModelObject) => boolean;
  /** The end of the logical name of what takes it down. */
  readonly by: string;
  /** What would be left, and go on being paid for. */
  readonly left: string;
  readonly source: string;
}

const removers: readonly Remover[] = [
  {
    of: ({ kind, type }) => kind === "Service" && type === "LoadBalancer",
    by: "-load-balancers-release",
    left: "its load balancer, whose security group keeps the VPC from going",
    source: "aws-load-balancer-controller, the finalizer service.k8s.aws/resources",
  },
  {
    // Claims of charts and operators have no resource of their own: they go with their namespace.
    of: ({ kind, origin }) => kind === "Namespace" && origin.by === "program",
    by: "-ebs-csi-addon",
    left: "the volumes of its claims",
    source: "Kubernetes, persistent volumes: the driver deletes the volume after its claim has gone",
  },
];

/** Whatever a cloud makes for an object is taken down by a controller that outlives it. */
export const nothingLeftInClouds: Check = ({ model, plan }) => {
  if (plan === undefined) return nothing;
  const order = new Dependencies(plan);
  return each(model.objects, (object) => {
    const maker = order.makerOf(object);
    if (maker === undefined) return undefined;
    return removers.flatMap(({ of, by, left, source }) => {
      if (!of(object)) return [];
      // Resources are named after their cluster: `aws-platform-load-balancers-release`.
      const remover = plan.resources.find(
        ({ name }) => name.startsWith(`${object.cluster}-`) && name.endsWith(by),
      );
      if (remover === undefined || order.isBefore(remover.urn, maker.urn)) return [];
      return [
        {
          object: nameOf(object),
          rule: `${remover.name} may go first, and the cloud then keeps ${left}`,
          source,
          fix: `depend on ${remover.name}`,
        },
      ];
    });
  });
};
