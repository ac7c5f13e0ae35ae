import { readdirSync } from "node:fs";
import { join } from "node:path";
import { catalogue, families } from "./catalogue";
import { todayVariable } from "./day";
import { allCases } from "./testing/all-cases";
import { casesDay } from "./testing/cases";
import { type Sight, violations, withEachUnknown } from "./testing/harness";

process.env[todayVariable] = casesDay;

function named<One extends { readonly name: string }>(cases: readonly One[]): (readonly [string, One])[] {
  return cases.map((one) => [one.name, one] as const);
}

const runs = allCases.flatMap((cases) => {
  const sights: readonly Sight[] = cases.policy.scope === "stack" ? ["inputs", "outputs"] : ["inputs"];
  return sights.map((sight) => [cases.policy.id, sight, cases] as const);
});

describe.each(runs)("%s by %s", (_, sight, { policy, catches, passes, withUnknowns }) => {
  test.each(named([...catches, ...withUnknowns.catches]))("catches: %s", (_, one) => {
    expect(violations(policy, one, sight)).toEqual(one.violations);
  });

  test.each(named([...passes, ...withUnknowns.passes]))("passes: %s", (_, one) => {
    expect(violations(policy, one, sight)).toEqual([]);
  });

  test.each(named(passes))("passes with any value unknown: %s", (_, one) => {
    const invented = [...withEachUnknown(one)]
      .map((blanked) => [blanked.name, violations(policy, blanked, sight)] as const)
      .filter(([, found]) => found.length > 0);
    expect(invented).toEqual([]);
  });

  test("has cases of all four sorts, and every catch says what it expects", () => {
    for (const sort of [catches, passes, withUnknowns.catches, withUnknowns.passes]) {
      expect(sort.length).toBeGreaterThan(0);
    }
    for (const one of [...catches, ...withUnknowns.catches]) expect(one.violations).not.toEqual([]);
  });
});

test("every file of cases is that of a policy of the catalogue", () => {
  const ids = catalogue.map(({ id }) => id).sort();
  const cases = families.flatMap(({ folder, family }) =>
    readdirSync(join(__dirname, folder))
      .filter((file) => file.endsWith(".cases.ts"))
      .map((file) => `${family}-${file.slice(0, -".cases.ts".length)}`),
  );
  expect(cases.sort()).toEqual(ids);
  expect(ids.length).toBeGreaterThan(60);
});

test("every policy says all about itself", () => {
  for (const policy of catalogue) {
    expect(policy.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(`exempt-${policy.id}`.length).toBeLessThanOrEqual(63);
    expect(policy.standards.length).toBeGreaterThan(0);
    const remediates = policy.scope === "resource" ? (policy.remediates ?? []) : [];
    for (const text of [policy.what, policy.why, policy.remediation, remediates].flat()) {
      expect(text).toMatch(/^[A-Z].*[.]$/s);
    }
  }
});
