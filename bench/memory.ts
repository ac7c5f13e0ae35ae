import { readFileSync } from "node:fs";

/** Bytes that are available to new programs, by the kernel's estimate: cached files do not count as used. */
export function availableMemory(): number {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
  return Number(kibibytes) * 1024;
}
