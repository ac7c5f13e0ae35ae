import { type Bundle, consumersOf } from "../../secrets/bundle";
import type { SystemsConfig } from "../../systems/system";
import { type Fault, type KeyPath, keyOf } from "../fault";
import { nearest } from "../nearest";
import { valueAt } from "../schema-node";
import type { Draft, Surroundings } from "./rule";

/**
 * Every secret that people provide must be set, encrypted, before anything is created, and no others may be set. No
 * fault shows a value. (P6)
 */
export function stackSecrets(draft: Draft, surroundings: Surroundings): readonly Fault[] {
  const { declares, secrets, systems } = draft;
  // What the schema refuses counts as there: the fault that it has caused says more.
  if (secrets === undefined) return [];
  const { bundles, stack, secretsAreEncrypted } = surroundings;
  const given = Object.entries(secrets).flatMap(([bundle, values]) =>
    Object.keys(values).map((key) => ({ bundle, key })),
  );
  const needed =
    systems === undefined ? [] : bundles.filter((bundle) => runs(bundle, systems) && isWanted(bundle, draft));
  return [
    ...(declares("secrets") && given.length > 0 && !secretsAreEncrypted ? [inClear(stack)] : []),
    ...Object.keys(secrets).flatMap((bundle) => unknownBundle(bundle, bundles)),
    ...given.flatMap(({ bundle, key }) =>
      unknownKey(
        key,
        bundles.find(({ name }) => name === bundle),
      ),
    ),
    ...needed.flatMap((bundle) => missing(bundle, Object.keys(secrets[bundle.name] ?? {}), stack)),
  ];
}

function runs({ system }: Bundle, systems: SystemsConfig): boolean {
  return system === "platform" || systems[system] !== undefined;
}

/** Whether the stack has the section that asks for a bundle. */
function isWanted({ wantedBy }: Bundle, draft: Draft): boolean {
  return wantedBy === undefined || valueAt(draft, wantedBy.split(".")) !== undefined;
}

function missing(bundle: Bundle, given: readonly string[], stack: string): readonly Fault[] {
  return stackKeysOf(bundle, (key) => !key.optional)
    .filter((key) => !given.includes(key))
    .map((key) => ({
      path: pathOf(bundle.name, key),
      found: "nothing",
      allowed: `the secret that ${consumersOf(bundle)} must have`,
      example: command(pathOf(bundle.name, key), stack),
    }));
}

function unknownBundle(name: string, bundles: readonly Bundle[]): readonly Fault[] {
  if (bundles.some((bundle) => bundle.name === name)) return [];
  const taking = bundles.filter((bundle) => stackKeysOf(bundle).length > 0).map((bundle) => bundle.name);
  const meant = nearest(name, taking);
  return [
    {
      path: ["secrets", name],
      found: `an unknown bundle${meant === undefined ? "" : `; did you mean ${meant}?`}`,
      allowed:
        taking.length === 0
          ? "no bundle: none takes values from the stack"
          : `the bundles ${taking.join(", ")}`,
    },
  ];
}

function unknownKey(key: string, bundle: Bundle | undefined): readonly Fault[] {
  if (bundle === undefined || bundle.keys[key]?.source === "stack") return [];
  const source = bundle.keys[key]?.source;
  const known = stackKeysOf(bundle);
  return [
    {
      path: pathOf(bundle.name, key),
      found: source === undefined ? "an unknown key" : `a key whose value is ${source}, not given`,
      allowed:
        known.length === 0 ? "no key: the bundle takes none from the stack" : `the keys ${known.join(", ")}`,
    },
  ];
}

function inClear(stack: string): Fault {
  return {
    path: ["secrets"],
    found: "values in clear text",
    problem:
      "everyone who can read the stack file can read them; replace each, and change it where it is in use",
    allowed: "encrypted values only",
    example: command(pathOf("BUNDLE", "KEY"), stack),
  };
}

function stackKeysOf(
  { keys }: Bundle,
  wanted: (key: { readonly optional: boolean }) => boolean = () => true,
): readonly string[] {
  return Object.entries(keys).flatMap(([name, key]) => (key.source === "stack" && wanted(key) ? [name] : []));
}

function pathOf(bundle: string, key: string): KeyPath {
  return ["secrets", bundle, key];
}

/** The command asks for the value, so that it stays out of the shell's history. */
function command(path: KeyPath, stack: string): string {
  return `pulumi config set --secret --path '${keyOf(path)}' --stack ${stack}`;
}
