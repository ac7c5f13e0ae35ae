import { completeFaults } from "./complete-faults";
import type { Fault } from "./fault";
import { rules } from "./rules";
import type { Draft, Surroundings } from "./rules/rule";
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
    ...completeFaults(stackSchema, raw, whole.error?.issues ?? []),
    ...rules.flatMap((rule) => rule(draft, surroundings)),
  ];
  return whole.success && faults.length === 0 ? { config: whole.data } : { faults };
}

function isDeclaredIn(raw: Readonly<Record<string, unknown>>): Draft["declares"] {
  return (section) => raw[section] !== undefined;
}

/** The sections that are well-formed: only of those can a rule say anything. */
function soundSections(raw: Readonly<Record<string, unknown>>): Omit<Draft, "declares"> {
  const { aws, linode, local, systems, platform, environment, secrets, rotate } = stackSchema.shape;
  return {
    aws: aws.safeParse(raw.aws).data,
    linode: linode.safeParse(raw.linode).data,
    local: local.safeParse(raw.local).data,
    systems: systems.safeParse(raw.systems).data,
    platform: platform.safeParse(raw.platform).data,
    environment: environment.safeParse(raw.environment).data,
    secrets: secrets.safeParse(raw.secrets).data,
    rotate: rotate.safeParse(raw.rotate).data,
  };
}
