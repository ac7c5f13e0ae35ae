import { hashOfValues } from "./values-hash";

test("the order of keys is none of the values", () => {
  expect(hashOfValues({ a: [{ c: 1, b: 2 }], d: "e" })).toBe(hashOfValues({ d: "e", a: [{ b: 2, c: 1 }] }));
});

test.each([
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { a: "1" }],
  [{ a: [1, 2] }, { a: [2, 1] }],
  [{ a: 1 }, { a: 1, b: null }],
])("%j is not %j", (one, other) => {
  expect(hashOfValues(one)).not.toBe(hashOfValues(other));
});
