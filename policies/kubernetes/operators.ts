import { at, isObject, items, unknown, type Value, type Values } from "../value";
import { kindOf } from "./objects";
import table from "./operator-pods.json";
import { containerBlanks, type PodTemplate, podBlanks, scattered } from "./pod-template";

/**
 * Paths, with dots, to the parts of pods in custom resources. Fields that a custom resource leaves out are
 * filled in by the operator and therefore unknown, unless the operator is known to add nothing (`complete`).
 */
export interface Source {
  /** A Kubernetes pod template, which the operator merges into its own. */
  readonly template?: string;
  /** A list with such a template in each item: the path of the list, and of the template in an item. */
  readonly templates?: { readonly list: string; readonly template: string };
  /** Fields of the pod at other paths. */
  readonly pod?: Places;
  readonly containers?: readonly ScatteredContainer[];
  /** A list of containers, or of parts of containers. */
  readonly listed?: { readonly list: string; readonly complete?: readonly string[] };
}

/** Paths by the name of a pod's or container's field: the first path with a value counts. */
export type Places = Readonly<Record<string, readonly string[] | undefined>>;

export interface ScatteredContainer {
  /** `{name}` stands for the name of the custom resource. */
  readonly name: string;
  /** Whether it is an init container. @default false */
  readonly init?: boolean;
  /** Path of the switch that enables it. */
  readonly enabledBy?: string;
  readonly fields: Places;
  readonly complete?: readonly string[];
}

/** By kind. The table is generated from the model of the operators. */
const operators: Readonly<Record<string, readonly Source[]>> = table;

/** Lists of images from which operators choose. */
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

/** Where the pack reads the pods of a custom resource of this type; none for a type that it does not know. */
export function operatorPathsOf(type: string): readonly string[] {
  const kind = kindOf(type) ?? "";
  const known = paths.get(kind);
  if (known !== undefined) return known;
  const found = (Object.hasOwn(sources, kind) ? (sources[kind] ?? []) : []).flatMap(pathsIn);
  paths.set(kind, found);
  return found;
}

const paths = new Map<string, readonly string[]>();

function pathsIn({ template, templates, pod = {}, containers = [], listed }: Source): readonly string[] {
  const places = [pod, ...containers.map(({ fields }) => fields)].flatMap((one) => Object.values(one));
  return [
    template ?? [],
    templates?.list ?? [],
    listed?.list ?? [],
    ...places.map((one) => one ?? []),
  ].flat();
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

/** Path of a field, or where to set it: an unknown field is looked up at a path of its own name. */
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

/** Fields that the operator leaves unset. */
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
