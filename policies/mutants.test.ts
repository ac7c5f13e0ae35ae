import { catalogue } from "./catalogue";
import { exemptionInForce } from "./exemptions/in-force";
import { findings, wire, wired } from "./testing/harness";
import { faults, type Mutant, mutantsOf } from "./testing/mutants";
import { reviewedPlan, stackConfiguration } from "./testing/reviewed-plan";

const samples = reviewedPlan("prod");
const resources = wired(samples);
const configuration = stackConfiguration("prod");
const judges = catalogue.filter(({ advisory }) => !advisory).map((policy) => [policy.id, policy] as const);

test("every policy that can fail a run has faults to catch", () => {
  expect(Object.keys(faults).sort()).toEqual(judges.map(([id]) => id).sort());
});

test("there are hundreds of mutants, and each fault breaks something that production has", () => {
  const all = Object.values(faults).flat();
  const idle = all.filter((fault) => mutantsOf(samples, [fault]).length === 0).map(({ name }) => name);
  expect(idle).toEqual([]);
  expect(mutantsOf(samples, all).length).toBeGreaterThan(500);
});

test.each(judges)("%s catches every mutant of production that it should", (id, policy) => {
  const isCaught = ({ index, instead }: Mutant): boolean => {
    const broken = instead.map((sample) => wire(sample, samples));
    // Alone is enough for a policy that looks at one resource: the unbroken stack has no violation.
    const stack =
      policy.scope === "resource"
        ? broken
        : [...resources.slice(0, index), ...broken, ...resources.slice(index + 1)];
    return findings([policy, exemptionInForce], stack, configuration).some(
      (finding) => finding.policy === id,
    );
  };
  const missed = mutantsOf(samples, faults[id] ?? []).filter((mutant) => !isCaught(mutant));
  expect(missed.map(({ name }) => name)).toEqual([]);
});
