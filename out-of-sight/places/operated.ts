import type { PodFacts } from "../../model/facts/pod";
import { groupKind } from "../../model/manifest";
import type { Model } from "../../model/model";
import { operators } from "../../model/operators";
import type { CustomResource, OperatorContext } from "../../model/operators/operator";
import { customResource } from "../../model/with-operators";

/** A pod that an operator makes, and the workload that it is of. */
export interface OperatedPod {
  readonly workload: string;
  readonly pod: PodFacts;
}

/** The custom resources of one namespace, which operators read together. */
export type Neighbours = readonly CustomResource[];

/** The custom resources of a model, by cluster and namespace. */
export function neighboursIn(model: Model): readonly Neighbours[] {
  const groups = new Map<string, CustomResource[]>();
  for (const object of model.objects) {
    const resource = customResource(object);
    if (resource !== undefined) {
      const key = `${object.cluster}/${object.namespace ?? ""}`;
      groups.set(key, [...(groups.get(key) ?? []), resource]);
    }
  }
  return [...groups.values()];
}

/** The pods that the operators of some of the resources make. @throws what an operator throws at what it cannot read */
export function podsOf(all: Neighbours, some: Neighbours = all): readonly OperatedPod[] {
  const around: OperatorContext = { resources: (kind) => all.filter((one) => groupKind(one) === kind) };
  return some.flatMap((resource) =>
    (operators.get(groupKind(resource))?.(resource, around) ?? []).flatMap(({ kind, name, pod }) =>
      pod ? [{ workload: `${kind}/${name}`, pod }] : [],
    ),
  );
}
