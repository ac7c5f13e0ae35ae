import { at, unknown, type Value } from "../value";

/**
 * The name of a release's chart, wherever it comes from: a repository, an `oci://` address, a folder, or an archive in one.
 * Exemptions go by it, so that they hold with a mirror, too.
 */
export function chartNameOf(release: Value): string | typeof unknown | undefined {
  const chart = at(release, "chart");
  if (chart === unknown) return unknown;
  if (typeof chart !== "string") return undefined;
  const last = chart.replace(/\/+$/, "").split("/").at(-1) ?? chart;
  const [, archived] = /^(.+?)-v?\d+\.\d+\.\d+.*\.tgz$/.exec(last) ?? [];
  return archived ?? last.replace(/\.tgz$/, "");
}
