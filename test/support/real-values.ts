import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { stackSchema, systems } from "../../apps/registry";
import type { KeyPath } from "../../infra/config/fault";
import { hostOf } from "../../infra/config/hosts";
import { placeholderIn } from "../../infra/config/placeholders";
import { placeSystems } from "../../infra/systems/system";

/** The account of the stack that the tests pretend to bring up. */
export const realAccount = "481516234209";

/** Where the tests pretend to call from. */
export const realAddress = "81.2.69.142";

const replacements: readonly (readonly [pattern: RegExp, real: string])[] = [
  [/123456789012/g, realAccount],
  [/203\.0\.113\.0\/24/g, "81.2.69.0/24"],
  [/example\.com|yourdomain\.com/g, "atlas-financial.com"],
];

const stackFile = z.looseObject({ config: z.record(z.string(), z.unknown()) });
const section = z.record(z.string(), z.unknown());

/**
 * The text of a filled-in stack file: with values in place of all examples, including defaults.
 *
 * @param encrypted values to add below `ai-platform:secrets`, by bundle and key, each as Pulumi writes an
 *   encrypted one
 */
export function filledStackFile(
  stack: string,
  encrypted: Readonly<Record<string, readonly string[]>> = {},
): string {
  const file = stackFile.parse(parse(readFileSync(join(__dirname, "../..", `Pulumi.${stack}.yaml`), "utf8")));
  const own = Object.entries(file.config).filter(([key]) => key.startsWith("ai-platform:"));
  const raw = Object.fromEntries(own.map(([key, value]) => [key.slice("ai-platform:".length), value]));
  const parsed = stackSchema.parse(raw);
  // Hosts that nothing is said of follow from the environment.
  const hosts = placeSystems(systems, parsed.systems).map((system) => [
    system.name,
    { host: hostOf(system, system.settings, parsed.environment) },
  ]);
  const whole = [...examplesIn([], parsed), ...examplesIn(["systems"], Object.fromEntries(hosts))];
  const filled = whole.reduce<unknown>((config, { path, text }) => withValue(config, path, real(text)), raw);
  const secrets = Object.entries(encrypted).map(([bundle, keys]) => [
    bundle,
    Object.fromEntries(keys.map((key) => [key, { secure: "v1:AAAA:AAAA" }])),
  ]);
  const config = {
    ...section.parse(filled),
    ...(secrets.length > 0 && { secrets: Object.fromEntries(secrets) }),
  };
  const keys = Object.entries(config).map(([key, value]) => [`ai-platform:${key}`, value]);
  return stringify({ ...file, config: { ...file.config, ...Object.fromEntries(keys) } });
}

interface Example {
  readonly path: KeyPath;
  readonly text: string;
}

function examplesIn(path: KeyPath, value: unknown): readonly Example[] {
  if (typeof value === "string") return placeholderIn(value) === undefined ? [] : [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => examplesIn([...path, index], item));
  return Object.entries(value).flatMap(([key, inner]) => examplesIn([...path, key], inner));
}

function real(text: string): string {
  return replacements.reduce((value, [pattern, replacement]) => value.replaceAll(pattern, replacement), text);
}

function withValue(value: unknown, [step, ...rest]: KeyPath, replacement: unknown): unknown {
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? withValue(item, rest, replacement) : item));
  }
  const known = section.catch({}).parse(value);
  return { ...known, [step]: withValue(known[step], rest, replacement) };
}
