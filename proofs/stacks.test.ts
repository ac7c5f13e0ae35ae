import { modelOf } from "../model/expand";
import { readPlan } from "../model/read-plan";
import { today } from "../policies/day";
import { proofs } from ".";
import { faultsOf, prove } from "./prove";

test.each(["dev", "staging", "prod"])(
  "nothing of the reviewed plan of %s would fail on its clouds",
  (stack) => {
    const plan = readPlan(stack);
    const result = prove({ model: modelOf(plan), plan }, proofs, today());
    expect(faultsOf(result).map(({ proof, object, rule }) => `${proof}: ${object}: ${rule}`)).toEqual([]);
    expect(result.checks).toBeGreaterThan(5_000);
  },
);
