import { chartDates } from "../../infra/facts/chart-dates";
import type { Plan } from "../../model/plan";
import { chartName, release, releaseType } from "../../model/release";

/** A chart that a stack installs. */
export interface ChartVersion {
  readonly name: string;
  readonly version: string;
  /** How many releases of it the stack has. */
  readonly releases: number;
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
