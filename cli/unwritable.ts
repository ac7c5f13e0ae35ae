import { sep } from "node:path";
import { cacheRoot } from "./cache";
import { hasCode, messageOf } from "./errors";

/** Advice for a failure to write below the sandbox's folder; undefined for any other. */
export function unwritableAdvice(error: unknown): string | undefined {
  if (!hasCode(error, "EACCES", "EPERM", "EROFS", "ENOTDIR")) {
    return undefined;
  }
  const root = cacheRoot();
  const path = typeof error === "object" && error !== null && "path" in error ? String(error.path) : "";
  // Where the folder is still to be made, the system names the first of its parents that it cannot make.
  if (!isWithin(path, root) && !isWithin(root, path)) {
    return undefined;
  }
  return (
    `The sandbox keeps everything in ${root}, and this user cannot write there (${messageOf(error)}). Change the owner ` +
    "of the folder, or set XDG_CACHE_HOME to another one. Example: XDG_CACHE_HOME=/var/tmp/cache make up"
  );
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
