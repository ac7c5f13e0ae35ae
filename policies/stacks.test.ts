import { catalogue } from "./catalogue";
import { findings, wired } from "./testing/harness";
import { reviewedPlan, stackConfiguration } from "./testing/reviewed-plan";

describe.each(["dev", "staging", "prod"])("the reviewed plan of %s", (stack) => {
  const found = findings(catalogue, wired(reviewedPlan(stack)), stackConfiguration(stack));

  test.each(catalogue.map(({ id }) => id))("holds to %s", (id) => {
    expect(found.filter(({ policy }) => policy === id)).toEqual([]);
  });
});
