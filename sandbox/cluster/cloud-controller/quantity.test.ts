import { bytesOf, wholeGibibytes } from "./quantity";

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
  expect(() => bytesOf(quantity)).toThrow(
    `"${quantity}" is not a quantity of storage; an example is "10Gi".`,
  );
});

test("disks are whole GiB, and not smaller than the cloud makes them", () => {
  expect(wholeGibibytes(1.2 * 2 ** 30, 1)).toBe("2Gi");
  expect(wholeGibibytes(2 ** 30, 10)).toBe("10Gi");
});
