import { modelOf } from "../model/expand";
import { readPlan } from "../model/read-plan";
import { reviewedStacks } from "../model/reviewed";
import { exceptionFor } from "./exceptions";
import { faultsOf, prove, render } from "./prove";

const image = "docker.io/library/redis:8.2";
const exception = {
  proof: "hygiene",
  object: image,
  rule: "no digest",
  reason: "Its registry cannot be asked",
  until: "2027-03-31",
};
const fault = { object: image, rule: "the image has no digest", source: "a source", fix: "pin it" };

test.each([
  ["on its last day", {}, "2027-03-31", true],
  ["the day after", {}, "2027-04-01", false],
  ["another object", { object: `${image}.1` }, "2026-12-01", false],
  ["another rule", { rule: "the image is large" }, "2026-12-01", false],
])("an exception covers a fault: %s", (_, other, day, isCovered) => {
  expect(exceptionFor("hygiene", { ...fault, ...other }, day, [exception]) !== undefined).toBe(isCovered);
  expect(exceptionFor("names", { ...fault, ...other }, day, [exception])).toBeUndefined();
});

test("what is excepted is counted, and no fault; once the exception has ended it is one", () => {
  const proof = { name: "hygiene", claim: "", check: () => ({ checks: 1, faults: [fault] }) };
  const [plan] = reviewedStacks().map((stack) => readPlan(stack));
  if (plan === undefined) throw new Error("there is a reviewed stack");
  const on = (day: string) => prove({ model: modelOf(plan), plan }, [proof], day, [exception]);
  expect(render(on("2027-03-31"))).toBe("1 checks, 0 faults, 1 excepted");
  expect(faultsOf(on("2027-04-01"))).toHaveLength(1);
});
