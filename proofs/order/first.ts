import { Dependencies } from "../../model/dependencies";
import type { Model, ModelObject } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each, nothing } from "../verdict";

interface Needed {
  readonly kind: string;
  readonly name: string;
  readonly what: string;
}

/** The API server refuses objects of a namespace, and pods of a priority class, that are not there yet. */
export const namespacesFirst: Check = ({ model, plan }) => {
  if (plan === undefined) {
    return nothing;
  }
  const order = new Dependencies(plan);
  const own = model.objects.filter(({ origin }) => origin.by === "program" || origin.by === "chart");
  return each(own, (object) =>
    neededBy(object).flatMap((needed) =>
      isLate(model, order, object, needed)
        ? [
            {
              object: nameOf(object),
              rule: `it does not wait for ${needed.what} ${needed.name}, which the same plan makes`,
              source:
                "Kubernetes, admission: what is in a namespace, or of a priority, that is not there is refused",
              fix: `depend on ${needed.what}`,
            },
          ]
        : [],
    ),
  );
};

function neededBy({ namespace, pod }: ModelObject): readonly Needed[] {
  return [
    ...(namespace === undefined ? [] : [{ kind: "Namespace", name: namespace, what: "its namespace" }]),
    ...(pod?.priorityClass === undefined
      ? []
      : [{ kind: "PriorityClass", name: pod.priorityClass, what: "its priority class" }]),
  ];
}

function isLate(model: Model, order: Dependencies, object: ModelObject, { kind, name }: Needed): boolean {
  const { cluster } = object;
  const found = model.find({ cluster, kind, namespace: undefined, name });
  const [maker, needed] = [order.makerOf(object), found && order.makerOf(found)];
  return (
    maker !== undefined && needed !== undefined && maker !== needed && !order.isBefore(needed.urn, maker.urn)
  );
}
