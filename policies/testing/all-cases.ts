import { existsSync } from "node:fs";
import { join } from "node:path";
import { catalogue, families } from "../catalogue";
import type { Cases } from "./cases";

/**
 * The cases of every policy, in the order of the catalogue: each has a file of them beside its own.
 *
 * @throws Error when a policy has no such file
 */
export const allCases: readonly Cases[] = catalogue.map(({ id }) => {
  const path = casesPath(id);
  if (!existsSync(join(__dirname, "..", path))) {
    throw new Error(`The policy ${id} has no cases: write policies/${path}`);
  }
  const exported: unknown = require(join(__dirname, "..", path));
  const [cases] = Object.values(Object(exported)).filter(isCases);
  if (cases?.policy.id !== id) throw new Error(`policies/${path} exports no cases of the policy ${id}`);
  return cases;
});

/** `kubernetes/non-root.cases.ts` for `kubernetes-non-root`. */
function casesPath(id: string): string {
  const one = families.find(({ family }) => id.startsWith(`${family}-`));
  return `${one?.folder}/${id.slice((one?.family.length ?? 0) + 1)}.cases.ts`;
}

function isCases(value: unknown): value is Cases {
  return typeof value === "object" && value !== null && "policy" in value && "withUnknowns" in value;
}
