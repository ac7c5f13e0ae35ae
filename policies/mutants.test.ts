import { catalogue } from "./catalogue";
import { allCases } from "./testing/all-cases";
import { findings, wire, wired } from "./testing/harness";
import { type Mutant, mutantsOf } from "./testing/mutants";
import { reviewedPlan, stackConfiguration } from "./testing/reviewed-plan";

const samples = reviewedPlan("prod");
const resources = wired(samples);
const configuration = stackConfiguration("prod");
const faults = new Map(
  allCases.flatMap(({ policy, faults = [] }) => (faults.length > 0 ? [[policy.id, faults]] : [])),
);
const judges = catalogue
  .filter(({ id }) => configuration[id] !== "advisory")
  .map((policy) => [policy.id, policy] as const);

test("every policy that can fail a run has faults to catch", () => {
  expect([...faults.keys()].sort()).toEqual(judges.map(([id]) => id).sort());
});

test("there are hundreds of mutants, and each fault breaks something that production has", () => {
  const all = [...faults.values()].flat();
  const idle = all.filter((fault) => mutantsOf(samples, [fault]).length === 0).map(({ name }) => name);
  expect(idle).toEqual([]);
  expect(mutantsOf(samples, all).length).toBeGreaterThan(400);
});

test.each(judges)("%s catches every mutant of production that it should", (id, policy) => {
  const isCaught = ({ index, instead }: Mutant): boolean => {
    const broken = instead.map((sample) => wire(sample, samples));
    // Alone is enough for a policy that looks at one resource: the unbroken stack has no violation.
    if (policy.scope === "resource") return findings([policy], broken, configuration).length > 0;
    const stack = [...resources.slice(0, index), ...broken, ...resources.slice(index + 1)];
    return findings([policy], stack, configuration, "outputs").length > 0;
  };
  const missed = mutantsOf(samples, faults.get(id) ?? []).filter((mutant) => !isCaught(mutant));
  expect(missed.map(({ name }) => name)).toEqual([]);
});
