import { Secret, type Values } from "../../standin";
import { isObject, type JsonObject, objectAt, textAt, withAt } from "../json";
import { annotationOf, annotations, identifierOf, labelOf } from "../manifest";
import { groupOf } from "../served-types";

/** A resource that stands for one object of a manifest. */
export interface Child {
  readonly type: string;
  readonly name: string;
  readonly inputs: Values;
  /** Which children, by their places, have to be there before this one: always earlier ones. */
  readonly after: readonly number[];
}

const dependsOn = "config.kubernetes.io/depends-on";

/**
 * The resources of a manifest's objects, named as the official provider names them: first namespaces and definitions,
 * which others need.
 */
export function childrenOf(
  objects: readonly JsonObject[],
  { prefix, skipAwait }: { readonly prefix: string; readonly skipAwait: boolean },
): readonly Child[] {
  const asking = objects.find((object) => annotationOf(object, dependsOn) !== "");
  if (asking !== undefined) {
    throw new Error(
      `${labelOf(asking)} has the annotation ${dependsOn}, which the sandbox's kubernetes provider does not offer; leave ` +
        "it out, or put the objects into two ConfigFiles of which one depends on the other",
    );
  }
  const foundations = objects.filter(isFoundation);
  const sorted = [...foundations, ...objects.filter((object) => !isFoundation(object))];
  return sorted.map((object) => ({
    type: tokenOf(object),
    name: prefix === "" ? identifierOf(object) : `${prefix}:${identifierOf(object)}`,
    inputs: inputsOf(skipAwait ? unawaited(object) : object),
    after: isFoundation(object)
      ? []
      : foundations.flatMap((foundation, index) => (carries(foundation, object) ? [index] : [])),
  }));
}

function isFoundation(object: JsonObject): boolean {
  return ["/Namespace", "apiextensions.k8s.io/CustomResourceDefinition"].includes(groupAndKind(object));
}

/** True of the namespace that an object is in, and of the definition of its kind. */
function carries(foundation: JsonObject, object: JsonObject): boolean {
  return groupAndKind(foundation) === "/Namespace"
    ? textAt(foundation, "metadata", "name") === textAt(object, "metadata", "namespace")
    : textAt(foundation, "spec", "group") === groupOf(textAt(object, "apiVersion")) &&
        textAt(foundation, "spec", "names", "kind") === textAt(object, "kind");
}

function groupAndKind(object: JsonObject): string {
  return `${groupOf(textAt(object, "apiVersion"))}/${textAt(object, "kind")}`;
}

/** `kubernetes:core/v1:ConfigMap`, `kubernetes:apps/v1:Deployment`. */
function tokenOf(object: JsonObject): string {
  const apiVersion = textAt(object, "apiVersion");
  const module = groupOf(apiVersion) === "" ? `core/${apiVersion}` : apiVersion;
  return `kubernetes:${module}:${textAt(object, "kind")}`;
}

function unawaited(object: JsonObject): JsonObject {
  const marked = withAt(object, ["metadata", "annotations", annotations.skipAwait], "true");
  return isObject(marked) ? marked : object;
}

/** A Secret's content is encrypted in state wherever it came from. */
function inputsOf(object: JsonObject): Values {
  if (groupAndKind(object) !== "/Secret") {
    return object;
  }
  const sealed = ["data", "stringData"]
    .filter((key) => key in object)
    .map((key) => [key, new Secret(objectAt(object, key))] as const);
  return { ...object, ...Object.fromEntries(sealed) };
}
