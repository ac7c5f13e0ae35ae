import { quantityOf } from "./quantity";

test.each([
  ["10Gi", 10 * 2 ** 30],
  ["1.5Gi", 1.5 * 2 ** 30],
  ["500M", 500e6],
  ["1e9", 1e9],
  ["1E", 1e18],
  ["12E2", 1200],
  ["250m", 0.25],
  [".5", 0.5],
  ["0", 0],
])("%s is %d", (text, amount) => {
  expect(quantityOf(text)).toBe(amount);
});

test.each(["", "Gi", "10Gib", "ten", "-1Gi", "1.2.3", "1 Gi", "1toString", "1e9Gi"])("%j is none", (text) => {
  expect(quantityOf(text)).toBeUndefined();
});
