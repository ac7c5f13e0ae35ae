import { remembers } from "./drain";

test("a budget that takes a new pod for one that was evicted is waited for until it forgets", () => {
  const budget = { metadata: { name: "store" }, spec: {} };
  const status = { currentHealthy: 2, desiredHealthy: 2, expectedPods: 3 };
  expect(remembers(budget)).toBe(false);
  expect(remembers({ ...budget, status: { ...status, disruptedPods: {} } })).toBe(false);
  expect(remembers({ ...budget, status: { ...status, disruptedPods: { "store-1": "2026-11-30" } } })).toBe(
    true,
  );
});
