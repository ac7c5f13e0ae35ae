import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { charts } from "../../infra/platform/charts";
import { collectionAt } from "../published/collection";
import { leaves } from "./leaves";
import { plannedReleases } from "./planned-releases";
import { ValuePaths } from "./value-paths";

const paths = z.array(z.string()).readonly();

/** What is known of a published chart in one version, as far as the program uses it. */
const chartFacts = z.strictObject({
  name: z.string(),
  version: z.string(),
  repository: z.string(),
  /** Whether the chart refuses values that its schema does not name. */
  strict: z.boolean(),
  /** Images with their digests, of those that the program runs. */
  digests: paths,
  /** Of values that the program sets; see `ReadPaths`. */
  defaults: paths,
  open: paths,
  extras: paths,
});

export type ChartFacts = Readonly<z.infer<typeof chartFacts>>;

/** The file in which the project keeps what it needs to know of charts. */
export const keptFile = join(__dirname, "kept-facts.json");

/** What the project keeps. */
export function keptFacts(): readonly ChartFacts[] {
  return z.array(chartFacts).parse(JSON.parse(readFileSync(keptFile, "utf8")));
}

const collection = collectionAt("charts");

const published = z.object({
  chart: z.string(),
  name: z.string().nullable(),
  repository: z.string(),
  version: z.string(),
  images: paths.default([]),
  valuesSchema: z.string().nullish(),
});

/** What the collection beside the repository says of the charts that the program uses; undefined without the collection. */
export function publishedFacts(): readonly ChartFacts[] | undefined {
  if (collection === undefined) return undefined;
  const all = z.array(published).parse(JSON.parse(readFileSync(join(collection, "index.json"), "utf8")));
  const releases = plannedReleases();
  return Object.values(charts)
    .flatMap(({ name, version, images }): readonly ChartFacts[] => {
      const found = all.find((facts) => facts.name === name && facts.version === version);
      if (found === undefined) return [];
      const set = releases.filter((release) => release.name === name).flatMap(({ values }) => leaves(values));
      const ours = images.map(({ image }) => image.replace(/@.*/, ""));
      return [
        {
          name,
          version,
          repository: found.repository.replace(/\/$/, ""),
          strict: found.valuesSchema === "strict",
          digests: found.images
            .filter((image) => image.includes("@") && ours.some((one) => image.startsWith(`${one}@`)))
            .sort(),
          ...valuePaths(name, found.chart).onlyFor(set.map(([steps]) => steps)),
        },
      ];
    })
    .sort((left, right) => left.name.localeCompare(right.name));
}

function valuePaths(name: string, chart: string): ValuePaths {
  const lines = linesOf(`${chart}.values.txt`).flatMap((line) => {
    const [, path, value] = /^(.+?) = (.*)$/.exec(line) ?? [];
    return path === undefined || value === undefined ? [] : [{ path, open: /^(\{\}|null)$/.test(value) }];
  });
  return new ValuePaths(name, {
    defaults: lines.map(({ path }) => path),
    open: lines.flatMap(({ path, open }) => (open ? [path] : [])),
    extras: linesOf(`${chart}.extra-keys.txt`).map((line) => line.replace(/ \(.*\)$/, "")),
  });
}

function linesOf(file: string): readonly string[] {
  const path = join(collection ?? "", file);
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
}
