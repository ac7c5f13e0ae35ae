import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/*
 * On a first day there is nothing yet of what people bring, models most of all: pods that wait for it are not Ready. A file below
 * the cache's root says that it is such a day, for the controllers of all clusters.
 */

function fileBelow(cacheRoot: string): string {
  return join(cacheRoot, "first-day");
}

/** Whether what people bring is there, as it is on all days but the first. */
export function areBrought(cacheRoot: string): boolean {
  return !existsSync(fileBelow(cacheRoot));
}

/** Says whether it is a first day. */
export function setFirstDay(cacheRoot: string, isFirst: boolean): void {
  if (isFirst) {
    mkdirSync(cacheRoot, { recursive: true });
    writeFileSync(fileBelow(cacheRoot), "");
  } else {
    rmSync(fileBelow(cacheRoot), { force: true });
  }
}
