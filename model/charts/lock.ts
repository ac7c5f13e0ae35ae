import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { messageOf } from "../../cli/errors";
import { Failure } from "../../cli/failure";
import { type LockedRelease, parseLockFile } from "./lock-file";

/** A locked release with its cluster. */
export interface Locked extends LockedRelease {
  /** `aws`, `linode`, `local`: the logical name of the cluster's provider without `-kubernetes`. */
  readonly cluster: string;
  /** Its lock file, from the lock's folder: `prod/aws/qdrant.yaml`. */
  readonly file: string;
}

/** Folder of the lock: `<stack>/<cluster>/<release>.yaml`. */
export const lockFolder = __dirname;

/**
 * The locked releases of a stack, by cluster and file.
 *
 * @throws Failure that names every invalid lock file, and what is wrong in it
 */
export function readLock(stack: string, folder = lockFolder): readonly Locked[] {
  const faults: string[] = [];
  const releases = lockFilesOf(stack, folder).flatMap(({ cluster, path }) => {
    const file = relative(folder, path);
    try {
      return [{ ...parseLockFile(readFileSync(path, "utf8"), file), cluster, file }];
    } catch (error) {
      faults.push(messageOf(error));
      return [];
    }
  });
  if (faults.length > 0) {
    throw new Failure(faults.join("\n"));
  }
  return releases;
}

/** The stacks with locked releases. */
export function lockedStacks(folder = lockFolder): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Paths of a stack's lock files; none is read. */
export function lockFilesOf(
  stack: string,
  folder = lockFolder,
): readonly { readonly cluster: string; readonly path: string }[] {
  return entries(join(folder, stack)).flatMap((cluster) =>
    entries(join(folder, stack, cluster))
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => ({ cluster, path: join(folder, stack, cluster, file) })),
  );
}

function entries(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
