import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

/** A release's reference to its chart. */
export interface ChartReference {
  /** A name, a folder, an archive, or an `oci://` address. */
  readonly chart: string;
  /** Undefined stands for any version. */
  readonly version: string | undefined;
  /** Whether the release names a repository for the chart. */
  readonly isRemote: boolean;
}

/**
 * Path of a chart on this disk: where the release says, otherwise in a folder of charts. Undefined when it is
 * not on this disk.
 *
 * @param folder with `<chart>/` folders and `<chart>-<version>.tgz` archives; empty for none
 * @param program folder that relative paths start from
 */
export function chartOnDisk(
  { chart, version, isRemote }: ChartReference,
  folder: string,
  program: string,
): string | undefined {
  const given = resolve(program, chart);
  if (!isRemote && !chart.startsWith("oci://") && isChart(given)) return given;
  const charts = resolve(program, folder);
  if (folder === "" || !existsSync(charts)) return undefined;
  const name = basename(chart);
  const unpacked = join(charts, name);
  if (isChart(unpacked) && isVersion(versionOf(unpacked), version)) return unpacked;
  const archive = readdirSync(charts).find((file) => {
    const [, of, found] = /^(.+?)-(v?\d+\.\d+\.\d+.*)\.tgz$/.exec(file) ?? [];
    return of === name && isVersion(found, version);
  });
  return archive && join(charts, archive);
}

function isChart(path: string): boolean {
  return path.endsWith(".tgz") ? existsSync(path) : existsSync(join(path, "Chart.yaml"));
}

function versionOf(chart: string): string | undefined {
  return /^version:\s*["']?([^\s"'#]+)/m.exec(readFileSync(join(chart, "Chart.yaml"), "utf8"))?.[1];
}

/** Repositories write versions with and without a leading v. */
function isVersion(found: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || found?.replace(/^v/, "") === wanted.replace(/^v/, "");
}
