import { modelOf } from "../../model/expand";
import { readPlan } from "../../model/read-plan";
import { reviewedStacks } from "../../model/reviewed";
import { pathsOf } from "./path";

test("no host is in two stacks: one of the two would never be called", () => {
  const all = reviewedStacks().flatMap((stack) => {
    const plan = readPlan(stack);
    const hosts = pathsOf({ model: modelOf(plan), plan }).map(({ host }) => host);
    expect(hosts.length).toBeGreaterThanOrEqual(6);
    return hosts;
  });
  expect(all.filter((host, index) => all.indexOf(host) !== index)).toEqual([]);
});
