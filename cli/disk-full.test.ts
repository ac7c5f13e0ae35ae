import { cacheRoot } from "./cache";
import { fullDiskAdvice } from "./disk-full";

test.each([
  "ENOSPC: no space left on device, write",
  "panic: write /x/0.tmp: no space left on device",
  "EDQUOT: disk quota exceeded, open",
])("%s: says where the space is needed", (failure) => {
  expect(fullDiskAdvice(failure)).toContain(
    `The disk is full. The sandbox keeps everything in ${cacheRoot()}`,
  );
});

test("says nothing about other failures", () => {
  expect(fullDiskAdvice("EACCES: permission denied, open")).toBeUndefined();
});
