import { optionalServices } from "../infra/config/platform";
import { modelOf } from "../model/expand";
import { Plan } from "../model/plan";
import { today } from "../policies/day";
import { recordChanged } from "../test/golden/plan";
import { proofs } from ".";
import { faultsOf, prove } from "./prove";

/** A stack that is refused without them: `infra/config/rules/left-out.ts`. */
const needed: readonly string[] = ["dns", "mesh"];

test("production without any service that it can do without: nothing is made for those, and nothing looks for them", async () => {
  const { resources } = await recordChanged("prod", {
    "platform/gitops": undefined,
    "platform/without": optionalServices.filter((service) => !needed.includes(service)),
  });
  const plan = Plan.of("prod", resources);
  const result = prove({ model: modelOf(plan), plan }, proofs, today());
  expect(faultsOf(result).map(({ proof, object, rule }) => `${proof}: ${object}: ${rule}`)).toEqual([]);
}, 120_000);
