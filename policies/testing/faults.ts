import { at, entries, isObject, items, type Value, type Values } from "../value";
import type { Fault } from "./cases";
import { container } from "./samples";

/** What becomes of a value; undefined where the fault does not apply. */
type Change = (before: Value | undefined) => Value | undefined;

/** Sets a property of resources of some types; `[]` in the path stands for each item of a list, one at a time. */
export function set(types: RegExp, path: string, value: Value | Change): Fault {
  return {
    name: `${types.source} ${path} = ${typeof value === "function" ? "…" : JSON.stringify(value)}`,
    break(sample) {
      if (!types.test(sample.type)) return undefined;
      const properties = changed(sample.properties, steps(path), (before) =>
        typeof value === "function" ? value(before) : value,
      );
      return properties === undefined ? undefined : [{ ...sample, properties }];
    },
  };
}

/** Takes a property away. */
export function without(types: RegExp, path: string): Fault {
  return { ...set(types, path, null), name: `${types.source} without ${path}` };
}

/** Takes the resources themselves away. */
export function gone(types: RegExp, names = /./): Fault {
  return {
    name: `no ${types.source} ${names.source}`,
    break: ({ type, name = "" }) => (types.test(type) && names.test(name) ? [] : undefined),
  };
}

/** Puts a resource of another kind beside, for what a stack has none of. */
export function beside(types: RegExp, type: string, properties: Values): Fault {
  return {
    name: `${type} with ${JSON.stringify(properties)}`,
    break: (sample) =>
      types.test(sample.type) ? [sample, { ...sample, type, properties, protect: true }] : undefined,
  };
}

/** One fault in several places, each for other types. */
export function either(...faults: readonly Fault[]): Fault {
  return {
    name: faults.map(({ name }) => name).join(" or "),
    break: (sample) => faults.map((fault) => fault.break(sample)).find((instead) => instead !== undefined),
  };
}

/** Narrows a fault to resources of some logical names. */
export function only(names: RegExp, fault: Fault): Fault {
  return {
    name: `${fault.name} of ${names.source}`,
    break: (sample) => (names.test(sample.name ?? "") ? fault.break(sample) : undefined),
  };
}

function steps(path: string): readonly string[] {
  // Keys of labels and resources have dots before their slash.
  return path
    .split(/\.(?![^.]*\/)/)
    .flatMap((part) => (part.endsWith("[]") ? [part.slice(0, -2), "[]"] : [part]));
}

/** The properties with one value changed; undefined when the path leads nowhere. */
function changed(
  value: Value | undefined,
  [step, ...rest]: readonly string[],
  make: Change,
): Value | undefined {
  if (step === undefined) return make(value);
  if (step === "[]") {
    const list = items(value);
    for (const [index, item] of list.entries()) {
      const after = changed(item, rest, make);
      if (after !== undefined) return list.with(index, after);
    }
    return undefined;
  }
  if (!isObject(value) && value !== undefined && value !== null) return undefined;
  const before: Values = isObject(value) ? value : {};
  // Only the end of a path, and what belongs to it alone, may be new.
  if (rest.includes("[]") && before[step] === undefined) return undefined;
  const after = changed(before[step], rest, make);
  return after === undefined ? undefined : { ...before, [step]: after };
}

const templates = [
  [/^kubernetes:(apps\/v1:Deployment|batch\/v1:Job)$/, "spec.template.spec"],
  [/^kubernetes:batch\/v1:CronJob$/, "spec.jobTemplate.spec.template.spec"],
] as const;

export function pod(field: string, value: Parameters<typeof set>[2]): readonly Fault[] {
  return templates.map(([types, path]) => set(types, `${path}.${field}`, value));
}

export function containers(field: string, value: Parameters<typeof set>[2]): readonly Fault[] {
  return [
    ...pod(`containers[].${field}`, value),
    set(/:MongoDBCommunity$/, `spec.statefulSet.spec.template.spec.containers[].${field}`, value),
  ];
}

/** A fault of containers, in those that there are and in an init container and a sidecar that come to them. */
export function everywhere(field: string, value: Value): readonly Fault[] {
  const [head = "", ...rest] = field.split(".");
  const broken = container({ [head]: nested(container()[head], rest, value) });
  return [
    ...containers(field, value),
    ...pod("initContainers", [broken]),
    ...pod("initContainers", [{ ...broken, restartPolicy: "Always" }]),
  ];
}

function nested(before: Value | undefined, [key, ...rest]: readonly string[], value: Value): Value {
  if (key === undefined) return value;
  const known: Values = isObject(before) ? before : {};
  return { ...known, [key]: nested(known[key], rest, value) };
}

export const appended =
  (item: Value) =>
  (before: Value | undefined): Value => [...items(before), item];

export const deployment = /:Deployment$/;

export const own = /:(Deployment|Job|CronJob)$/;

/** Gives a selector that goes by `app` alone another value, which nothing has. */
export function missing(types: RegExp, path: string): Fault {
  const fault = set(types, path, (labels) => ({ ...(isObject(labels) ? labels : {}), app: "missing" }));
  return {
    ...fault,
    name: `${types.source} ${path} selects nothing`,
    break(sample) {
      const labels = entries(at(sample.properties, ...path.split(".")));
      return labels.length === 1 && labels[0]?.[0] === "app" ? fault.break(sample) : undefined;
    },
  };
}

/** Changes the name in a reference that is there. */
export function misspelled(types: RegExp, path: string): Fault {
  return {
    ...set(types, path, (name) => (typeof name === "string" ? `${name}-misspelled` : undefined)),
    name: `${types.source} ${path} misspelled`,
  };
}

export function inPods(field: string, fault: (types: RegExp, path: string) => Fault): Fault {
  return either(...templates.map(([types, path]) => fault(types, `${path}.${field}`)));
}

/** Changes the name of a Secret without which the container does not start. */
export function wrongSecret(types: RegExp, path: string): Fault {
  return set(types, path, (from) => {
    const reference = at(from, "secretKeyRef");
    if (!isObject(reference) || reference.optional === true) return undefined;
    return { secretKeyRef: { ...reference, name: "misspelled" } };
  });
}

export const release = /helm\.sh\/v3:Release$/;

export const template = /LaunchTemplate$/;

export const eks = /eks\/cluster:Cluster$/;

export const lke = /LkeCluster$/;

export const everybody = JSON.stringify({
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }],
});

export const everything = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
