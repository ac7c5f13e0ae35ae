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
