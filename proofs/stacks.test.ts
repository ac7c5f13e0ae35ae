import { modelOf } from "../model/expand";
import { readPlan } from "../model/read-plan";
import { today } from "../policies/day";
import { proofs } from ".";
import { exceptions } from "./exceptions";
import type { Proof } from "./proof";
import { faultsOf, prove } from "./prove";

/** The reviewed plans, each proven once: what is left is on which day. */
const proven = ["dev", "staging", "prod"].map((stack) => {
  const plan = readPlan(stack);
  const evidence = { model: modelOf(plan), plan };
  const judged = proofs.map((proof): Proof => {
    const verdict = proof.check(evidence);
    return { ...proof, check: () => verdict };
  });
  return { stack, on: (day: string) => prove(evidence, judged, day) };
});

const stacks = proven.map(({ stack, on }) => [stack, on] as const);

test.each(stacks)("nothing of the reviewed plan of %s would fail on its clouds", (_, on) => {
  const result = on(today());
  expect(faultsOf(result).map(({ proof, object, rule }) => `${proof}: ${object}: ${rule}`)).toEqual([]);
  expect(result.checks).toBeGreaterThan(5_000);
});

test("no exception is left over: each covers a fault of a stack", () => {
  const found = proven.flatMap(({ on }) => on("0000-01-01").findings);
  const used = new Set(found.flatMap(({ exception }) => exception ?? []));
  expect(exceptions.filter((one) => !used.has(one))).toEqual([]);
});
