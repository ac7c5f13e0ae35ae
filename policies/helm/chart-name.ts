import { at, unknown, type Value } from "../value";

/**
 * The name of a release's chart, from any source: a repository, an `oci://` address, a folder or an archive.
 * Exemptions use this name, so that they also apply with a mirror.
 */
export function chartNameOf(release: Value): string | typeof unknown | undefined {
  const chart = at(release, "chart");
  if (chart === unknown) return unknown;
  if (typeof chart !== "string") return undefined;
  const last = chart.replace(/\/+$/, "").split("/").at(-1) ?? chart;
  const [, archived] = /^(.+?)-v?\d+\.\d+\.\d+.*\.tgz$/.exec(last) ?? [];
  return archived ?? last.replace(/\.tgz$/, "");
}
