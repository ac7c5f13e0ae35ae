import { readFileSync } from "node:fs";

/** Bytes that new programs could still have, as the kernel reckons them: what it caches of files is not in use. */
export function availableMemory(): number {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
  return Number(kibibytes) * 1024;
}
