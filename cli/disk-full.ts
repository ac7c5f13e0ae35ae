import { cacheRoot } from "./cache";

/**
 * Advice for a failure whose text says that a disk is full; code that detects this itself has its own
 * message.
 */
export function fullDiskAdvice(failure: string): string | undefined {
  if (!/no space left on device|ENOSPC|disk quota exceeded|EDQUOT/i.test(failure)) {
    return undefined;
  }
  return (
    `The disk is full. The sandbox keeps everything in ${cacheRoot()}: free some space there and run the command again, ` +
    "which continues; or set XDG_CACHE_HOME to a folder on a larger disk, and start again."
  );
}
