import { z } from "zod";
import type { KeyPath } from "./fault";
import { nodeAt, type SchemaNode, samplesOf } from "./schema-node";

/**
 * A configuration with values that would do at the places where it has none: one answer for each value that may stand
 * there. Only what is so whichever of them is put in can be said of the configuration before it is mended. A place for which no
 * two values are known stays as it is.
 */
export function mends(raw: unknown, places: readonly KeyPath[], schema: SchemaNode): readonly unknown[] {
  const mendable = places
    .map((place) => ({ place, samples: samplesAt(place, schema) }))
    .filter(({ samples }) => samples.length > 1);
  const most = Math.max(1, ...mendable.map(({ samples }) => samples.length));
  return Array.from({ length: most }, (_, turn) =>
    mendable.reduce(
      (value, { place, samples }, offset) =>
        withValue(value, place, samples[(turn + offset) % samples.length]),
      raw,
    ),
  );
}

function samplesAt(place: KeyPath, schema: SchemaNode): readonly unknown[] {
  const node = nodeAt(schema, place);
  return node === undefined ? [] : samplesOf(node);
}

/** The value without what stands at a path. */
export function without(value: unknown, [step, ...rest]: readonly PropertyKey[]): unknown {
  if (typeof value !== "object" || value === null || step === undefined) return value;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? without(item, rest) : item));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (key !== step) return [[key, inner]];
      return rest.length === 0 ? [] : [[key, without(inner, rest)]];
    }),
  );
}

function withValue(value: unknown, [step, ...rest]: KeyPath, replacement: unknown): unknown {
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? withValue(item, rest, replacement) : item));
  }
  const known: Readonly<Record<string, unknown>> = z.record(z.string(), z.unknown()).catch({}).parse(value);
  return { ...known, [step]: withValue(known[step], rest, replacement) };
}
