import { at, items, type Value } from "../value";

/**
 * The name of a variable whose value is at a path such as `spec.env[0].value`: lists of variables have both
 * beside each other. Undefined for any other path.
 */
export function nameBeside(properties: Value, path: string): string | undefined {
  if (!path.endsWith("].value")) return undefined;
  const steps = path.split(/[.[\]]+/).slice(0, -1);
  const beside = steps.reduce<Value | undefined>(
    (value, step) => (Array.isArray(value) ? items(value)[Number(step)] : at(value, step)),
    properties,
  );
  const name = ["name", "key"].map((field) => at(beside, field)).find((one) => typeof one === "string");
  return typeof name === "string" ? name : undefined;
}
