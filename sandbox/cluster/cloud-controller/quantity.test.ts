import { wholeGibibytes } from "./quantity";

test("disks are whole GiB, and not smaller than the cloud makes them", () => {
  expect(wholeGibibytes(1.2 * 2 ** 30, 1)).toBe("2Gi");
  expect(wholeGibibytes(2 ** 30, 10)).toBe("10Gi");
});
