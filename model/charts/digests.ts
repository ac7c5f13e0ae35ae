import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { messageOf } from "../../cli/errors";
import { Failure } from "../../cli/failure";
import { type ManifestDigest, readDefinitions } from "./definitions";
import { openDigest } from "./header";
import { lockedStacks, lockFilesOf, lockFolder } from "./lock";
import { parseLockHeader } from "./lock-file";

/** The digests that archives and manifests must have, as far as the lock has them. */
export interface LockedDigests {
  /** Digests of a chart version's archive, in any stack; none while they are open. */
  readonly chart: (name: string, version: string) => readonly string[];
  /** Digest of the manifest at an address; undefined while it is open. */
  readonly manifest: (address: string) => string | undefined;
}

/**
 * The digests of the lock.
 *
 * @throws Failure that names a file that is not a valid lock file
 */
export function readDigests(folder = lockFolder): LockedDigests {
  const charts = new Map<string, string[]>();
  for (const { path } of lockedStacks(folder).flatMap((stack) => lockFilesOf(stack, folder))) {
    const { chart, version, digest } = headerOf(path, folder);
    if (digest !== openDigest) {
      const key = `${lastPart(chart)} ${version}`;
      charts.set(key, [...new Set([...(charts.get(key) ?? []), digest])]);
    }
  }
  const definitions = readDefinitions(folder);
  return {
    chart: (name, version) => charts.get(`${name} ${version}`) ?? [],
    manifest: (address) => {
      const known = definitions.get(address) ?? ofMirrored(address, definitions);
      return known === openDigest ? undefined : known;
    },
  };
}

/** A mirror stores each manifest by the last part of its address; undefined where two addresses end alike. */
function ofMirrored(
  address: string,
  definitions: ReadonlyMap<string, ManifestDigest>,
): ManifestDigest | undefined {
  const alike = [...definitions].filter(([known]) => lastPart(known) === lastPart(address));
  return alike.length === 1 ? alike[0]?.[1] : undefined;
}

function headerOf(path: string, folder: string) {
  try {
    return parseLockHeader(readFileSync(path, "utf8"), relative(folder, path));
  } catch (error) {
    throw new Failure(messageOf(error));
  }
}

/** `cert-manager` of `oci://quay.io/jetstack/charts/cert-manager`. */
function lastPart(address: string): string {
  return address.split("/").at(-1) ?? address;
}
