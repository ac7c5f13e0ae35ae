import { findingsOf } from "./findings";

test("the lock is that of the reviewed plans", () => {
  expect(findingsOf().faults).toEqual([]);
});
