import { bytesOf } from "./quantity";

test.each([
  ["10Gi", 10 * 2 ** 30],
  ["1.5Gi", 1.5 * 2 ** 30],
  ["500M", 500e6],
  ["1e9", 1e9],
  ["0", 0],
])("%s is %d bytes", (quantity, bytes) => {
  expect(bytesOf(quantity)).toBe(bytes);
});

test.each(["", "10Gib", "ten", "-1Gi"])("%j is no quantity", (quantity) => {
  expect(() => bytesOf(quantity)).toThrow(`"${quantity}" is not a quantity; an example is "10Gi"`);
});
