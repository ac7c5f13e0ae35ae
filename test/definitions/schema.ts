import { z } from "zod";

/** The parts of a definition's OpenAPI schema that say which objects an API server takes; no descriptions. */
export interface Schema {
  readonly type?: string | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Schema | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly pattern?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean | undefined;
  readonly "x-kubernetes-int-or-string"?: boolean | undefined;
}

/** Reads a schema and leaves out what the interface does not name. */
export const schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    items: schema.optional(),
    additionalProperties: z.union([schema, z.boolean()]).optional(),
    enum: z.array(z.unknown()).optional(),
    pattern: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    "x-kubernetes-preserve-unknown-fields": z.boolean().optional(),
    "x-kubernetes-int-or-string": z.boolean().optional(),
  }),
);

/** What the plan shows in the place of secrets and of handles; it may stand for a value of any type. */
const masks: ReadonlySet<unknown> = new Set(["[secret]", "[resource]"]);

/** Why an API server would refuse a value, or prune a field of it: `spec.replicas: a string, not an integer`. */
export function faultsOf(value: unknown, expected: Schema, path: string): readonly string[] {
  if (masks.has(value)) return [];
  if (expected["x-kubernetes-int-or-string"]) {
    return ["integer", "string"].includes(typeOf(value))
      ? []
      : [`${path}: ${typeOf(value)}, not integer or string`];
  }
  const type = typeOf(value);
  const fits = expected.type === undefined || type === expected.type;
  if (!fits && !(type === "integer" && expected.type === "number")) {
    return [`${path}: ${type}, not ${expected.type}`];
  }
  if (Array.isArray(value)) {
    const { items } = expected;
    return items === undefined
      ? []
      : value.flatMap((one, index) => faultsOf(one, items, `${path}[${index}]`));
  }
  if (typeof value === "object" && value !== null) return faultsOfObject(value, expected, path);
  return faultsOfScalar(value, expected, path);
}

function faultsOfObject(value: object, expected: Schema, path: string): readonly string[] {
  const missing = (expected.required ?? [])
    .filter((key) => !(key in value))
    .map((key) => `${path}.${key}: missing`);
  const inner = Object.entries(value).flatMap(([key, one]) => {
    const known = fieldOf(expected, key);
    if (known === undefined) return [`${path}.${key}: no such field`];
    return known === anything ? [] : faultsOf(one, known, `${path}.${key}`);
  });
  return [...missing, ...inner];
}

/** Below this nothing is prescribed. */
export const anything: Schema = {};

/** What is expected of a field; undefined where the API server would prune it. */
export function fieldOf(expected: Schema, key: string): Schema | undefined {
  const { properties, additionalProperties } = expected;
  if (properties && Object.hasOwn(properties, key)) return properties[key];
  if (typeof additionalProperties === "object") return additionalProperties;
  return additionalProperties || expected["x-kubernetes-preserve-unknown-fields"] ? anything : undefined;
}

function faultsOfScalar(value: unknown, expected: Schema, path: string): readonly string[] {
  const faults: string[] = [];
  if (expected.enum && !expected.enum.includes(value)) {
    faults.push(`${path}: ${JSON.stringify(value)}, not one of ${JSON.stringify(expected.enum)}`);
  }
  if (
    typeof value === "string" &&
    expected.pattern !== undefined &&
    !new RegExp(expected.pattern).test(value)
  ) {
    faults.push(`${path}: ${JSON.stringify(value)} does not match ${expected.pattern}`);
  }
  if (typeof value === "number") {
    const { minimum = value, maximum = value } = expected;
    if (value < minimum || value > maximum) faults.push(`${path}: ${value} is out of bounds`);
  }
  return faults;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (value === null) return "null";
  return Number.isInteger(value) ? "integer" : typeof value;
}
