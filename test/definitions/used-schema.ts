import type { Schema } from "./schema";

/** The parts of a schema that these values use: of an object's fields those alone that some value has. */
export function usedSchema(whole: Schema, values: readonly unknown[]): Schema {
  const { properties = {}, items, additionalProperties, ...own } = whole;
  const elements = values.flatMap((value) => (Array.isArray(value) ? value : []));
  const entries = values.flatMap((value) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [],
  );
  const used = Object.entries(properties)
    .map(([field, schema]) => ({ field, schema, given: entries.filter(([key]) => key === field) }))
    .filter(({ given }) => given.length > 0)
    .map(({ field, schema, given }) => [
      field,
      usedSchema(
        schema,
        given.map(([, value]) => value),
      ),
    ]);
  const others = entries.filter(([key]) => !Object.hasOwn(properties, key)).map(([, value]) => value);
  return {
    ...own,
    ...(used.length > 0 && { properties: Object.fromEntries(used) }),
    ...(items && { items: usedSchema(items, elements) }),
    ...(typeof additionalProperties === "object"
      ? { additionalProperties: usedSchema(additionalProperties, others) }
      : additionalProperties !== undefined && { additionalProperties }),
  };
}
