import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unknown, type Value } from "../value";
import type { Sample } from "./cases";

const plans = join(__dirname, "../../test/golden/plan");

/** The resources of a stack as its reviewed plan has them; what is secret there is not known here. */
export function reviewedPlan(stack: string): readonly Sample[] {
  const planned = readdirSync(join(plans, stack))
    .filter((file) => file !== "stack-outputs.json")
    .map((file) => JSON.parse(readFileSync(join(plans, stack, file), "utf8")));
  const byReference = new Map(planned.map((one) => [`${one.type}::${one.name}`, one]));
  return planned.map(({ type, name, inputs, options }) => ({
    type,
    name,
    properties: withoutMasks(inputs),
    protect: options?.protect ?? false,
    provider: options?.provider,
    providerProperties: byReference.get(options?.provider)?.inputs,
    dependencies: sources(inputs),
  }));
}

/** What the stack configures for the policies. */
export function stackConfiguration(stack: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(__dirname, "../config", `${stack}.json`), "utf8"));
}

/** The plan's mocks put Pulumi's type where AWS has service, region and account. */
const mockedArn = /arn:aws:([a-z0-9]+)\/\w+:\w+:/g;

function withoutMasks(value: unknown): Value {
  if (value === "[secret]" || value === "[resource]") return unknown;
  if (Array.isArray(value)) return value.map(withoutMasks);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutMasks(one)]));
  }
  if (typeof value === "string") return value.replaceAll(mockedArn, "arn:aws:$1:::");
  return typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** The plan's mocks give every resource the id `<logical name>-id`, which tells where a property comes from. */
function sources(inputs: object): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([property, value]) =>
      typeof value === "string" && value.endsWith("-id") ? [[property, [value.slice(0, -"-id".length)]]] : [],
    ),
  );
}
