import { Secret } from "@pulumi/policy";

/**
 * A copy of a resource's properties with one of them set. Everything off its path is unchanged, and secrets
 * stay secrets.
 *
 * @param path such as `spec.containers[0].image`; missing parts of it are created
 */
export function withProperty(properties: object, path: string, value: unknown): object {
  return within(
    properties,
    path.split(/[.[\]]+/).filter((step) => step !== ""),
    value,
  );
}

function within(before: object, [step = "", ...rest]: readonly string[], value: unknown): object {
  if (before instanceof Secret) return new Secret(within(before.value, [step, ...rest], value));
  const known: unknown = Reflect.get(before, step);
  const after = rest.length === 0 ? value : within(isContainer(known) ? known : {}, rest, value);
  return Array.isArray(before) ? before.with(Number(step), after) : { ...before, [step]: after };
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
