import { accessSync, constants } from "node:fs";
import { isAbsolute, sep } from "node:path";
import { cacheRoot } from "./cache";
import { hasCode, messageOf } from "./errors";
import { Failure } from "./failure";
import { makeFolder } from "./make-folder";

const example = "Example: XDG_CACHE_HOME=/var/tmp/cache make up";

/**
 * Makes the sandbox's folder, and makes sure that this user can write to it: before anything else, as what needs it later has
 * worse words for it.
 *
 * @throws Failure with the folder, the reason and what to set
 */
export function requireCache(): void {
  const root = cacheRoot();
  if (!isAbsolute(root)) {
    throw new Failure(
      `XDG_CACHE_HOME is ${process.env.XDG_CACHE_HOME}: it must be an absolute path. ${example}`,
    );
  }
  try {
    makeFolder(root);
    accessSync(root, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Failure(unwritable(error));
  }
}

/** Advice for a failure to write below the sandbox's folder; undefined for any other. */
export function unwritableAdvice(error: unknown): string | undefined {
  if (!hasCode(error, "EACCES", "EPERM", "EROFS", "ENOTDIR")) {
    return undefined;
  }
  const root = cacheRoot();
  const path = typeof error === "object" && error !== null && "path" in error ? String(error.path) : "";
  // Where the folder is still to be made, the system names the first of its parents that it cannot make.
  return isWithin(path, root) || isWithin(root, path) ? unwritable(error) : undefined;
}

function unwritable(error: unknown): string {
  return (
    `The sandbox keeps everything in ${cacheRoot()}, and this user cannot write there (${messageOf(error)}). Change the owner ` +
    `of the folder, or set XDG_CACHE_HOME to another one. ${example}`
  );
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
