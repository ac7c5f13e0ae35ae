import type { Resource } from "../resource";
import { at, entries, isObject, items, type Value, type Values } from "../value";
import { manifestsOf } from "./manifests";
import { yamlIn } from "./yaml";

const yamlGroup = /^kubernetes:(yaml|kustomize)(\/v2)?:(Config(Group|File)|Directory)$/;
const list = /^kubernetes:([^:]+):(\w*)List$/;

/** Whether resources of this type contain whole Kubernetes objects: lists, groups and directories of YAML. */
export function mayEmbed(type: string): boolean {
  return list.test(type) || yamlGroup.test(type);
}

const known = new WeakMap<object, readonly Resource[]>();

/** The objects in a resource; none when it is an object itself. */
export function embeddedIn(resource: Resource): readonly Resource[] {
  const { type, properties } = resource;
  if (!mayEmbed(type) || !isObject(properties)) return [];
  const before = known.get(properties);
  if (before) return before;
  const objects: readonly Value[] = list.test(type)
    ? items(properties.items).map((item) => typed(item, type))
    : [
        ...listed(properties.objs).flatMap(split),
        ...listed(properties.yaml).flatMap(parsed),
        ...manifestsOf(properties).flatMap(split),
      ];
  const found = objects.filter(isObject).map((object) => objectOf(object, resource));
  known.set(properties, found);
  return found;
}

/** Items of a typed list may leave out their kind. */
function typed(item: Value, type: string): Value {
  const [, apiVersion = "", kind = ""] = list.exec(type) ?? [];
  return kind !== "" && isObject(item) ? { apiVersion, kind, ...item } : item;
}

function listed(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function parsed(text: Value): readonly Value[] {
  return typeof text === "string" ? objectsOf(text) : [];
}

/** The objects in a YAML text, with lists split into their items; none when it is not YAML. */
export function objectsOf(manifest: string): readonly Value[] {
  return yamlIn(manifest).flatMap(split);
}

function split(object: Value): readonly Value[] {
  const objects: readonly Value[] = at(object, "kind") === "List" ? items(at(object, "items")) : [object];
  return objects.filter(isObject);
}

/**
 * An object as a resource of its holder's stack.
 *
 * @param namespace used unless the object names another
 */
export function objectOf(object: Value, { urn, provider, protect }: Resource, namespace?: Value): Resource {
  const version = String(at(object, "apiVersion"));
  const group = version.includes("/") ? version : `core/${version}`;
  const kind = String(at(object, "kind"));
  const given = at(object, "metadata", "name");
  const name = typeof given === "string" ? given : "";
  const metadata: Values = {
    ...(namespace !== undefined && { namespace }),
    ...Object.fromEntries(entries(at(object, "metadata"))),
  };
  return {
    urn,
    name,
    label: `${kind} ${name}`,
    type: `kubernetes:${group}:${kind}`,
    properties: { ...Object.fromEntries(entries(object)), metadata },
    protect,
    provider,
    dependencies: {},
  };
}
