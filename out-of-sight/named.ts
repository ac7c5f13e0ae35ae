import { clusterName } from "../model/expand";
import { manifestOf } from "../model/manifest";
import type { Model, ModelObject } from "../model/model";
import type { Plan, PlannedResource } from "../model/plan";
import type { MadeObject } from "../policies/kubernetes/made";
import { referencesOf } from "../policies/kubernetes/references";
import type { Resource } from "../policies/resource";
import { snapshot } from "../policies/value";

/** The objects of charts and operators that an object of the program refers to, as its policies see references. */
export function namedOf(plan: Plan, model: Model): readonly MadeObject[] {
  const made = plan.resources.flatMap((resource) => {
    const own = manifestOf(resource)?.metadata.namespace;
    const cluster = clusterName(resource.provider ?? "");
    return [...referencesOf(asPolicies(resource))].flatMap(({ kind, name, namespace = own ?? null }) =>
      typeof name === "string"
        ? [
            ...model.makersOf({ cluster, kind, name, namespace: String(namespace) }),
            ...model.makersOf({ cluster, kind, name }),
          ]
        : [],
    );
  });
  const byName = new Map(
    made
      .filter(({ origin }) => origin.by !== "program")
      .map((object) => [`${object.kind}/${object.namespace ?? ""}/${object.name}`, object]),
  );
  return [...byName]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, object]) => madeObject(object));
}

/** A resource as policies see it. */
function asPolicies({ urn, name, type, inputs, isProtected }: PlannedResource<unknown>): Resource {
  return { urn, name, type, properties: snapshot(inputs), protect: isProtected, dependencies: {} };
}

function madeObject({ kind, namespace, name, keys, ports }: ModelObject): MadeObject {
  return {
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    ...(keys && { keys }),
    ...(ports && {
      ports: ports.flatMap((one) => [one.port, ...(one.name === undefined ? [] : [one.name])]),
    }),
  };
}
