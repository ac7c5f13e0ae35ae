import { at, isObject, items, unknown, type Value, type Values } from "../value";
import { kindOf } from "./objects";
import table from "./operator-pods.json";
import { containerBlanks, type PodTemplate, podBlanks, scattered } from "./pod-template";

/**
 * Where custom resources say what their pods look like, as paths with dots. What they leave out is the operator's to fill in and
 * so not known here; only where an operator is known to add nothing (`complete`) does leaving out count.
 */
export interface Source {
  /** A pod template as Kubernetes has it, which the operator merges into its own. */
  readonly template?: string;
  /** A list with one such template in each item: its path, and the template's in the item. */
  readonly templates?: { readonly list: string; readonly template: string };
  /** Fields of the pod that lie elsewhere. */
  readonly pod?: Places;
  readonly containers?: readonly ScatteredContainer[];
  /** A list of containers, or of what says but a part of one. */
  readonly listed?: { readonly list: string; readonly complete?: readonly string[] };
}

/** Paths by the name of a pod's or a container's field: the first at which something stands counts. */
export type Places = Readonly<Record<string, readonly string[] | undefined>>;

export interface ScatteredContainer {
  /** `{name}` stands for the custom resource's. */
  readonly name: string;
  /** Whether it prepares the pod. @default false */
  readonly init?: boolean;
  /** Path of the switch that makes it run at all. */
  readonly enabledBy?: string;
  readonly fields: Places;
  readonly complete?: readonly string[];
}

/** By kind. The program takes the table from its model of the operators. */
const operators: Readonly<Record<string, readonly Source[]>> = table;

/** Lists of images that no pod is of, but that pods are made of. */
const catalogue: readonly Source[] = [{ listed: { list: "spec.images" } }];

const sources: Readonly<Record<string, readonly Source[]>> = {
  ...operators,
  "postgresql.cnpg.io/ImageCatalog": catalogue,
  "postgresql.cnpg.io/ClusterImageCatalog": catalogue,
};

/** Reads the pod templates of a custom resource of this type; undefined for any other type. */
export function operatorTemplatesOf(
  type: string,
): ((properties: Value) => readonly PodTemplate[]) | undefined {
  const kind = kindOf(type);
  const known = kind && Object.hasOwn(sources, kind) ? sources[kind] : undefined;
  return known && ((properties) => known.flatMap((source) => read(source, properties)));
}

function read(source: Source, properties: Value): readonly PodTemplate[] {
  if (source.templates) {
    const { list, template } = source.templates;
    return items(valueAt(properties, list)).map((item, index) => {
      const before = `${list}[${index}].${template}.spec`;
      return podTemplate(
        completed(valueAt(item, `${template}.spec`), {}, []),
        (field) => `${before}.${field}`,
      );
    });
  }
  const { template, listed, pod = {}, containers = [] } = source;
  const running = containers.filter(
    ({ enabledBy }) => enabledBy === undefined || valueAt(properties, enabledBy) === true,
  );
  const spec = template === undefined ? undefined : valueAt(properties, `${template}.spec`);
  if (spec === unknown) return [podTemplate(unknown, (field) => field)];
  return [
    podTemplate(
      completed(spec, valuesAt(properties, pod), [
        ...running.map((one) => inList(one, properties)),
        ...(listed ? listedContainers(listed, properties) : []),
      ]),
      whereIn(pod, properties, template === undefined ? "spec" : `${template}.spec`),
    ),
  ];
}

function podTemplate(spec: Value, where: PodTemplate["where"]): PodTemplate {
  return { metadata: unknown, spec, where, finishes: false };
}

type Listed = readonly [list: "containers" | "initContainers", container: Value];

function completed(spec: Value | undefined, elsewhere: Values, extra: readonly Listed[]): Value {
  if (spec === unknown) return unknown;
  const given = isObject(spec) ? spec : {};
  const lists = ["containers", "initContainers", "ephemeralContainers"].map((list) => [
    list,
    [
      ...items(given[list]).map((one) => (isObject(one) ? { ...containerBlanks, ...one } : one)),
      ...extra.filter(([where]) => where === list).map(([, one]) => one),
    ],
  ]);
  return { ...podBlanks, ...given, ...elsewhere, ...Object.fromEntries(lists) };
}

function inList(source: ScatteredContainer, properties: Value): Listed {
  const { name, fields, complete = [], init = false } = source;
  const own = at(properties, "metadata", "name");
  const value = {
    ...containerBlanks,
    ...unset(complete),
    ...valuesAt(properties, fields),
    name: name.replace("{name}", typeof own === "string" ? own : "sample"),
  };
  return [init ? "initContainers" : "containers", scattered(value, whereIn(fields, properties, "spec"))];
}

/** Where a field lies, or has to be set: a field of which nothing is known is looked for at a path of its own name. */
function whereIn(places: Places, properties: Value, otherwise: string): (field: string) => string {
  return (field) => {
    const [, head = "", rest = ""] = /^([^.[]+)(.*)$/.exec(field) ?? [];
    const paths = places[head] ?? [`${otherwise}.${head}`];
    const path = paths.find((one) => valueAt(properties, one) !== undefined) ?? paths[0];
    return `${path}${rest}`;
  };
}

function listedContainers(
  { list, complete = [] }: NonNullable<Source["listed"]>,
  properties: Value,
): readonly Listed[] {
  return items(valueAt(properties, list)).flatMap((item, index) => {
    if (!isObject(item)) return [];
    const value = { ...containerBlanks, ...unset(complete), ...item };
    const where = (field: string): string => `${list}[${index}].${field}`;
    return [["containers", scattered(value, where)] as const];
  });
}

/** Fields that the operator does not fill in. */
function unset(fields: readonly string[]): Values {
  return Object.fromEntries(fields.map((field) => [field, null]));
}

/** The values that are set, by field. */
function valuesAt(properties: Value, places: Places): Values {
  return Object.fromEntries(
    Object.entries(places).flatMap(([field, paths = []]) => {
      const value = paths.map((path) => valueAt(properties, path)).find((one) => one !== undefined);
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
}

function valueAt(value: Value, path: string): Value | undefined {
  return at(value, ...path.split("."));
}
