import { modelOf } from "../model/expand";
import { Plan } from "../model/plan";
import { today } from "../policies/day";
import { recordChanged } from "../test/golden/plan";
import { withoutOnAws } from "../test/support/left-out";
import { proofs } from ".";
import { faultsOf, prove } from "./prove";

test("production without any service that it can do without: nothing is made for those, and nothing looks for them", async () => {
  const { resources } = await recordChanged("prod", {
    "platform/gitops": undefined,
    "platform/without": withoutOnAws,
  });
  const plan = Plan.of("prod", resources);
  const result = prove({ model: modelOf(plan), plan }, proofs, today());
  expect(faultsOf(result).map(({ proof, object, rule }) => `${proof}: ${object}: ${rule}`)).toEqual([]);
}, 120_000);
