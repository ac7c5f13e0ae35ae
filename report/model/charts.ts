import { chartDates } from "../../infra/facts/chart-dates";
import type { Plan } from "../../model/plan";
import { chartName, release, releaseType } from "../../model/release";
import { compareVersions } from "../../toolchain/installed";

/** A chart that a stack installs. */
export interface ChartVersion {
  readonly name: string;
  readonly version: string;
  /** How many releases of it the stack has. */
  readonly releases: number;
  /** The highest version of it that is recorded in infra/facts/chart-dates.ts; its own where that has none. */
  readonly newest: string;
  /** ISO day of this version's release; undefined where it is not recorded. */
  readonly published: string | undefined;
  readonly ageDays: number | undefined;
}

const millisecondsOfADay = 24 * 60 * 60 * 1000;

/** The charts of a stack, oldest first. */
export function chartVersions(plan: Plan, at: Date): readonly ChartVersion[] {
  const releases = plan
    .all(releaseType, release)
    .map(({ inputs }) => ({ name: chartName(inputs), version: inputs.version }));
  const keys = [...new Set(releases.map(({ name, version }) => `${name}@${version}`))];
  return keys
    .map((key) => {
      const [name = "", version = ""] = key.split("@");
      const published = chartDates[key];
      return {
        name,
        version,
        releases: releases.filter((one) => one.name === name && one.version === version).length,
        newest: newestOf(name, version, Object.keys(chartDates)),
        published,
        ageDays:
          published === undefined
            ? undefined
            : Math.floor((at.getTime() - new Date(published).getTime()) / millisecondsOfADay),
      };
    })
    .toSorted(
      (one, other) => (other.ageDays ?? 0) - (one.ageDays ?? 0) || one.name.localeCompare(other.name, "en"),
    );
}

/** The highest version of a chart among `name@version`, and its own. */
export function newestOf(chart: string, version: string, keys: readonly string[]): string {
  const recorded = keys.flatMap((key) => {
    const [name, recordedVersion = ""] = key.split("@");
    return name === chart ? [recordedVersion] : [];
  });
  const number = (one: string): string => one.replace(/^v/, "");
  return [version, ...recorded].reduce((newest, one) =>
    compareVersions(number(one), number(newest)) > 0 ? one : newest,
  );
}
