import { z } from "zod";
import type { Fault } from "./fault";
import { rules } from "./rules";
import type { Draft, Surroundings } from "./rules/rule";
import { schemaFaults } from "./schema-faults";
import { type StackConfig, stackSchema } from "./stack";

/** A configuration that may be used, or everything that has to change first. */
export type Verdict =
  | { readonly config: StackConfig; readonly faults?: undefined }
  | { readonly config?: undefined; readonly faults: readonly Fault[] };

/**
 * Checks a whole stack configuration: each section against its schema, and then the rules that cross sections. A fault in
 * one section hides no other section's, nor does an unknown key hide what else is wrong beside it.
 */
export function validate(raw: Readonly<Record<string, unknown>>, surroundings: Surroundings): Verdict {
  const whole = stackSchema.safeParse(raw);
  const draft = { declares: isDeclaredIn(raw), ...(whole.data ?? soundSections(raw)) };
  const faults = [
    ...allSchemaFaults(raw, whole.error?.issues ?? []),
    ...rules.flatMap((rule) => rule(draft, surroundings)),
  ];
  return whole.success && faults.length === 0 ? { config: whole.data } : { faults };
}

/** zod leaves a section's refinements out once the section has an unknown key; so it looks again without those keys. */
function allSchemaFaults(raw: unknown, issues: readonly z.core.$ZodIssue[]): readonly Fault[] {
  if (issues.length === 0) return [];
  const unknown = issues.filter((issue) => issue.code === "unrecognized_keys");
  const known = unknown.reduce(
    (value, issue) => issue.keys.reduce((rest, key) => without(rest, [...issue.path, key]), value),
    raw,
  );
  const others = unknown.length === 0 ? issues : (stackSchema.safeParse(known).error?.issues ?? []);
  return schemaFaults([...unknown, ...others], raw, z.toJSONSchema(stackSchema, { io: "input" }));
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

function isDeclaredIn(raw: Readonly<Record<string, unknown>>): Draft["declares"] {
  return (section) => raw[section] !== undefined;
}

/** The sections that are well-formed: only of those can a rule say anything. */
function soundSections(raw: Readonly<Record<string, unknown>>): Omit<Draft, "declares"> {
  const { aws, linode, local, systems, platform, environment } = stackSchema.shape;
  return {
    aws: aws.safeParse(raw.aws).data,
    linode: linode.safeParse(raw.linode).data,
    local: local.safeParse(raw.local).data,
    systems: systems.safeParse(raw.systems).data,
    platform: platform.safeParse(raw.platform).data,
    environment: environment.safeParse(raw.environment).data,
  };
}
