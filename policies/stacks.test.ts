import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "./catalogue";
import type { Sample } from "./testing/cases";
import { violations } from "./testing/harness";

const plans = join(__dirname, "../test/golden/plan");

describe.each(["dev", "staging", "prod"])("the reviewed plan of %s", (stack) => {
  const planned = readdirSync(join(plans, stack))
    .filter((file) => file !== "stack-outputs.json")
    .map((file) => JSON.parse(readFileSync(join(plans, stack, file), "utf8")));
  const byReference = new Map(planned.map((one) => [`${one.type}::${one.name}`, one]));
  const resources = planned.map(
    ({ type, name, inputs, options }): Sample => ({
      type,
      name,
      properties: inputs,
      provider: options.provider,
      providerProperties: byReference.get(options.provider)?.inputs,
      dependencies: sources(inputs),
    }),
  );
  const settings = JSON.parse(readFileSync(join(__dirname, "config", `${stack}.json`), "utf8"));

  test.each(catalogue.filter(({ advisory }) => !advisory).map((policy) => [policy.id, policy] as const))(
    "holds to %s",
    (id, policy) => {
      const configuration = typeof settings[id] === "object" ? settings[id] : {};
      expect(violations(policy, { name: stack, resources, configuration })).toEqual([]);
    },
  );
});

/** The plan's mocks give every resource the id `<logical name>-id`, which tells where a property comes from. */
function sources(inputs: object): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([property, value]) =>
      typeof value === "string" && value.endsWith("-id") ? [[property, [value.slice(0, -"-id".length)]]] : [],
    ),
  );
}
