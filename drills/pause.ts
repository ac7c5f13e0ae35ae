import { setTimeout as sleep } from "node:timers/promises";

/** Waits for so long, or until a run has ended by itself. */
export async function pauseWithin(milliseconds: number, ended: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const waiting = sleep(milliseconds, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([waiting, ended]);
  over.abort();
}
