import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, isStatus, NoCredentials, Unreachable } from "./errors";

/** Which failures are worth another attempt, and when. */
interface Retry {
  /** Whether to try again after a failure; attempts count from 1. */
  readonly again: (error: unknown, attempt: number) => boolean;
  /** Milliseconds before the next attempt. */
  readonly pause: (attempt: number) => number;
}

/** Runs `work`, which may be done twice, until it succeeds or another attempt is not worth it. */
export async function retry<Result>(work: () => Promise<Result>, { again, pause }: Retry): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!again(error, attempt)) {
        throw error;
      }
      await sleep(pause(attempt));
    }
  }
}

/** Runs `work` again when the object was changed in between. */
export function retryConflicts<Result>(work: () => Promise<Result>): Promise<Result> {
  return retry(work, {
    again: (error, attempt) => attempt < 8 && isStatus(error, 409),
    pause: (attempt) => 20 * attempt,
  });
}

/** Whether the API server was too busy, or could not be reached: the same request may succeed later. */
export function isPassing(error: unknown): boolean {
  const isLost = error instanceof Unreachable && !(error instanceof NoCredentials);
  return isLost || isStatus(error, 429, 503, 504);
}

/** How long a busy server may take to serve a kind whose definition it has established. */
const servingMilliseconds = 60_000;
const servingPauseMilliseconds = 250;

/** Runs `work` again while the API server does not yet serve a kind whose definition is established. */
export function retryUnserved<Result>(work: () => Promise<Result>): Promise<Result> {
  const begun = performance.now();
  return retry(work, {
    again: (error) => isUnserved(error) && performance.now() - begun < servingMilliseconds,
    pause: () => servingPauseMilliseconds,
  });
}

/** Whether the server knows no such path, which is not the same as no such object. */
function isUnserved(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && error.reason === "";
}
