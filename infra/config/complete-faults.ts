import { z } from "zod";
import type { Fault } from "./fault";
import { schemaFaults } from "./schema-faults";

/**
 * Everything that is wrong with a value by its schema. zod leaves a section's refinements out once the section has an
 * unknown key; so it looks again without those keys.
 */
export function completeFaults(
  schema: z.ZodType,
  raw: unknown,
  issues: readonly z.core.$ZodIssue[],
): readonly Fault[] {
  if (issues.length === 0) return [];
  const unknown = issues.filter((issue) => issue.code === "unrecognized_keys");
  const known = withoutUnknownKeys(raw, issues);
  const others = unknown.length === 0 ? issues : (schema.safeParse(known).error?.issues ?? []);
  return schemaFaults([...unknown, ...others], raw, z.toJSONSchema(schema, { io: "input" }));
}

/** The value without the keys that its schema does not know. */
export function withoutUnknownKeys(raw: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  return issues
    .filter((issue) => issue.code === "unrecognized_keys")
    .flatMap((issue) => issue.keys.map((key) => [...issue.path, key]))
    .reduce<unknown>(without, raw);
}

function without(value: unknown, [step, ...rest]: readonly PropertyKey[]): unknown {
  if (typeof value !== "object" || value === null || step === undefined) return value;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? without(item, rest) : item));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (key !== step) return [[key, inner]];
      return rest.length === 0 ? [] : [[key, without(inner, rest)]];
    }),
  );
}
