import { bytesOf, cpuMillis, memoryMib } from "./quantity";

test("bytes, thousandths of a CPU and mebibytes", () => {
  expect(bytesOf("10Gi")).toBe(10 * 2 ** 30);
  expect([cpuMillis("500m"), cpuMillis("2"), cpuMillis("0.1")]).toEqual([500, 2000, 100]);
  expect([memoryMib("512Mi"), memoryMib("1.5Gi"), memoryMib("1048576")]).toEqual([512, 1536, 1]);
});

test("what is no quantity is refused with an example", () => {
  expect(() => bytesOf("10Gib")).toThrow('"10Gib" is not a quantity; an example is "10Gi"');
  expect(() => cpuMillis("two")).toThrow('"two" is no amount of CPU, for example 500m or 2');
  expect(() => memoryMib("")).toThrow('"" is no amount of memory, for example 512Mi or 1Gi');
});
