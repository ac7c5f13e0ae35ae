import { createHash } from "node:crypto";
import { unknown, type Value, type Values } from "../providers/standin";
import { isOptional, type ResourceShape, type Shape } from "./schema";
import type { ResourceTable } from "./table";
import { isKnown, isObject, plain, withValue } from "./values";

/** JSON documents that a program may also give as objects become the text that clouds want. */
export function documentsAsText(shape: ResourceShape, inputs: Values): Values {
  const entries = Object.entries(inputs).map(([name, value]): [string, Value] => {
    if (!shape.inputs[name]?.startsWith("string|") || !isObject(value)) return [name, value];
    return [name, isKnown(value) ? JSON.stringify(plain(value)) : unknown];
  });
  return Object.fromEntries(entries);
}

/** Completes an automatic name, as Pulumi's providers do: from the logical name, or from the given prefix. */
export function withName(
  table: ResourceTable,
  logicalName: string,
  inputs: Values,
  oldInputs: Values | undefined,
  randomSeed: Uint8Array,
): Values {
  const property = table.autoName;
  if (property === undefined || inputs[property] !== undefined) return inputs;
  const prefix = inputs[`${property}Prefix`] ?? `${logicalName}-`;
  if (typeof prefix !== "string") return { ...inputs, [property]: unknown };
  const before = oldInputs?.[property];
  if (typeof before === "string" && before.startsWith(prefix)) return { ...inputs, [property]: before };
  const digits = createHash("sha256").update(randomSeed).digest("hex").slice(0, 7);
  return { ...inputs, [property]: `${prefix}${digits}` };
}

/** Values for the outputs which the SDK declares to be always there and which neither program nor table gives. */
export function emptyOutputs(shape: ResourceShape, inputs: Values): Values {
  const missing = Object.entries(shape.outputs).filter(
    ([name, declared]) => !isOptional(declared) && inputs[name] === undefined,
  );
  return Object.fromEntries(missing.map(([name, declared]) => [name, emptyValue(declared)]));
}

function emptyValue(shape: Shape): Value {
  if (shape.endsWith("[]")) return [];
  if (shape === "string") return "";
  if (shape === "number") return 0;
  if (shape === "boolean") return false;
  return {};
}

export function commonOutputs(shape: ResourceShape, common: Values): Values {
  return Object.fromEntries(Object.entries(common).filter(([name]) => shape.outputs[name] !== undefined));
}

export function completed(table: ResourceTable, outputs: Values): Values {
  return (table.completed ?? []).reduce((all, path) => withValue(all, path, unknown), outputs);
}
