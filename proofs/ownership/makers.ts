import type { Model, ModelObject } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";

/**
 * Each object has one maker: with two, each overwrites the other's changes, and deleting either deletes the
 * object.
 */
export const oneMaker: Check = ({ model }) =>
  each(distinct(model), (object) => {
    const makers = model.makersOf(object);
    return makers.length === 1 ? undefined : fault(object, makers);
  });

function distinct(model: Model): readonly ModelObject[] {
  return model.objects.filter((object) => model.find(object) === object);
}

function fault(object: ModelObject, makers: readonly ModelObject[]): Fault {
  const named = makers.map(makerName).join(" and ");
  return {
    object: nameOf(object),
    rule: `${named} both make it: each takes it over from the other`,
    source:
      "Kubernetes, server-side apply: conflicts; operators own the objects that they name after their resource",
    fix: "name one of the two differently, or leave the object to one of them",
  };
}

/** `the program (x)`, `the chart y`, `the operator of Cluster/z`. */
export function makerName({ origin }: Pick<ModelObject, "origin">): string {
  switch (origin.by) {
    case "program":
      return `the program (${origin.resource})`;
    case "chart":
      return `the chart of ${origin.release}`;
    case "operator":
      return `the operator of ${origin.of}`;
    case "cluster":
      return "the cluster";
  }
}
