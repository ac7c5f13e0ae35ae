import type { z } from "zod";
import type { KeyPath } from "./fault";

/** One value's description in the JSON Schema that is made from the zod schema. */
export type SchemaNode = z.core.JSONSchema.JSONSchema;

/** Every way of writing the value that a schema allows; one unless the schema is a union. */
export function alternatives(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf ?? node.oneOf ?? [node];
}

/** The schema of a value inside another; undefined where the schema knows no such value. */
export function nodeAt(root: SchemaNode, path: KeyPath): SchemaNode | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return root;
  const found = alternatives(root)
    .map((node) => {
      const child = typeof step === "number" ? itemOf(node) : propertyOf(node, step);
      return child && nodeAt(child, rest);
    })
    .filter((node) => node !== undefined);
  // What tells the alternatives apart is a different constant in each of them.
  const constants = found.map((node) => node.const).filter((constant) => constant !== undefined);
  return found.length > 1 && constants.length === found.length ? { enum: constants } : found[0];
}

/** The alternative of a section that a value fits, where a constant tells the alternatives apart; else the whole schema. */
export function begunWay(node: SchemaNode, value: unknown): SchemaNode {
  const ways = alternatives(node).filter(({ properties = {} }) =>
    Object.entries(properties).some(
      ([key, child]) =>
        typeof child === "object" && child.const !== undefined && child.const === valueAt(value, [key]),
    ),
  );
  return ways[0] ?? node;
}

/** Whether a value is secret: it, or a section that it is in, may be written and is never to be shown. */
export function isSecret(root: SchemaNode, path: KeyPath): boolean {
  return path.some((_, depth) => nodeAt(root, path.slice(0, depth + 1))?.writeOnly === true);
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, [step, ...rest]: KeyPath): unknown {
  if (step === undefined) return value;
  if (typeof value !== "object" || value === null) return undefined;
  return valueAt(Object.entries(value).find(([key]) => key === String(step))?.[1], rest);
}

/** The keys that a section may have, in the schema's order. */
export function keysOf(node: SchemaNode): readonly string[] {
  return alternatives(node).flatMap((alternative) => Object.keys(alternative.properties ?? {}));
}

/** Longer lists of choices are cut short. */
const manyChoices = 12;

/** A few of many choices, all of few. */
export function describeChoices(choices: readonly string[]): string {
  if (choices.length <= manyChoices) return choices.join(" | ");
  return `one of ${choices.length}, among them ${choices.slice(0, 5).join(", ")}`;
}

/** What a schema allows, in words. */
export function describeAllowed(node: SchemaNode): string {
  const own = alternatives(node);
  if (own.length > 1) return own.map(describeAllowed).join(", or ");
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return describeChoices(node.enum.map(String));
  switch (node.type) {
    case "integer":
      return `a whole number${range(node)}`;
    case "number":
      return `a number${range(node)}`;
    case "boolean":
      return "true | false";
    case "string":
      return describeText(node);
    case "array":
      return describeList(node);
    default:
      return describeSection(node);
  }
}

/** A value that would do, as YAML takes it in line; undefined where the schema names none. */
export function exampleOf(node: SchemaNode): string | undefined {
  const example = node.examples?.[0] ?? alternatives(node).find((way) => way.examples)?.examples?.[0];
  return example === undefined ? undefined : JSON.stringify(example);
}

/** Formats whose pattern is unreadable. */
const formats: ReadonlyMap<string, string> = new Map([
  ["cidrv4", "an IPv4 network as address/length"],
  ["email", "a mail address"],
]);

function describeText({ format = "", pattern }: SchemaNode): string {
  return formats.get(format) ?? (pattern === undefined ? "text" : `text that matches \`${pattern}\``);
}

function describeList(node: SchemaNode): string {
  const item = itemOf(node);
  const least = node.minItems === undefined ? "" : ` with at least ${node.minItems}`;
  return item === undefined ? `a list${least}` : `a list${least}, each ${describeAllowed(item)}`;
}

function describeSection(node: SchemaNode): string {
  const keys = keysOf(node);
  return keys.length === 0 ? "a section of named entries" : `a section with the keys ${keys.join(", ")}`;
}

/**
 * JSON Schema writes "any whole number" as the widest range that a double holds, which is of no use to
 * readers.
 */
function range({ minimum, maximum }: SchemaNode): string {
  const from = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const to = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (from !== undefined && to !== undefined) return ` from ${from} to ${to}`;
  if (from !== undefined) return ` of at least ${from}`;
  return to === undefined ? "" : ` of at most ${to}`;
}

function itemOf(node: SchemaNode): SchemaNode | undefined {
  return typeof node.items === "object" && !Array.isArray(node.items) ? node.items : undefined;
}

function propertyOf(node: SchemaNode, key: string): SchemaNode | undefined {
  const child = node.properties?.[key] ?? node.additionalProperties;
  return typeof child === "object" ? child : undefined;
}
