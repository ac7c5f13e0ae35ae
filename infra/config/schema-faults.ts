import type { z } from "zod";
import type { Fault, KeyPath } from "./fault";
import { nearest, nearestFirst } from "./nearest";
import {
  begunWay,
  describeAllowed,
  describeChoices,
  exampleOf,
  isSecret,
  keysOf,
  nodeAt,
  type SchemaNode,
  valueAt,
} from "./schema-node";

/** Turns what zod found into faults that name what was found, what is allowed, and an example. */
export function schemaFaults(
  issues: readonly z.core.$ZodIssue[],
  raw: unknown,
  schema: SchemaNode,
): readonly Fault[] {
  return issues.flatMap((issue) => faultsOf(issue, pathOf(issue.path), { raw, schema }));
}

interface Context {
  readonly raw: unknown;
  readonly schema: SchemaNode;
}

function faultsOf(issue: z.core.$ZodIssue, path: KeyPath, context: Context): readonly Fault[] {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(path, key, context));
    case "invalid_key":
      return [{ ...invalidName(path, context), ...customMessage(issue.issues[0]) }];
    case "invalid_union":
      return unionFaults(issue, path, context);
    case "custom":
      return [{ ...valueFault(path, context), problem: issue.message }];
    default:
      return [{ ...valueFault(path, context), ...customMessage(issue) }];
  }
}

/** The value of an unknown key is not shown, because it may be a secret. */
function unknownKey(path: KeyPath, key: string, { raw, schema }: Context): Fault {
  const node = nodeAt(schema, path);
  const known = node === undefined ? [] : keysOf(begunWay(node, valueAt(raw, path)));
  const meant = nearest(key, known);
  return {
    path: [...path, key],
    found: `an unknown key${meant === undefined ? "" : `; did you mean ${meant}?`}`,
    allowed: `the keys ${known.join(", ")}`,
  };
}

/** An entry whose name, in a section of named entries, breaks the rule for such names. */
function invalidName(path: KeyPath, { schema }: Context): Fault {
  const rule = nodeAt(schema, path.slice(0, -1))?.propertyNames;
  return {
    path,
    found: `an entry of the name ${JSON.stringify(path.at(-1))}`,
    ...(typeof rule === "object" && { allowed: `a name: ${describeAllowed(rule)}` }),
  };
}

/** A union fails with the faults of every alternative; only those of the likeliest one help. */
function unionFaults(issue: z.core.$ZodIssueInvalidUnion, path: KeyPath, context: Context): readonly Fault[] {
  const likeliest = issue.errors.toSorted((left, right) => weight(left) - weight(right))[0];
  if (likeliest === undefined) return [valueFault(path, context)];
  return likeliest.flatMap((inner) => faultsOf(inner, [...path, ...pathOf(inner.path)], context));
}

function weight(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
}

function valueFault(path: KeyPath, { raw, schema }: Context): Fault {
  const node = nodeAt(schema, path);
  const value = valueAt(raw, path);
  const example = node && exampleOf(node);
  return {
    path,
    found: isSecret(schema, path) ? describeSecret(value) : describeFound(value),
    ...(node && { allowed: describeChoice(node, value) }),
    ...(example !== undefined && { example }),
  };
}

/** Of many choices, those most like what was found. */
function describeChoice(node: SchemaNode, value: unknown): string {
  if (node.enum === undefined || typeof value !== "string") return describeAllowed(node);
  return describeChoices(nearestFirst(value, node.enum.map(String)));
}

/** zod's own messages repeat what `found` and `allowed` say; a schema's own explain. */
function customMessage(issue: z.core.$ZodIssue | undefined): Pick<Fault, "problem"> {
  if (issue === undefined || /^(Invalid|Too (big|small))/.test(issue.message)) return {};
  return { problem: issue.message };
}

function describeFound(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "a section";
  return JSON.stringify(value);
}

function describeSecret(value: unknown): string {
  return typeof value === "object" || value === undefined
    ? describeFound(value)
    : "a value that is not shown";
}

function pathOf(path: readonly PropertyKey[]): KeyPath {
  return path.map((step) => (typeof step === "number" ? step : String(step)));
}
