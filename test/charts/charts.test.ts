import type { Chart } from "../../infra/platform/chart";
import { charts } from "../../infra/platform/charts";
import { parseImage } from "../../infra/platform/mirror";
import { factsAreHere, factsOf, ValuePaths } from "./chart-facts";
import { type PlannedRelease, plannedReleases } from "./planned-releases";

const catalogue = Object.entries<Chart>(charts);
const releases = plannedReleases();
const withFacts = factsAreHere ? test : test.skip;

describe.each(catalogue)("the chart %s", (_, chart) => {
  test("runs pinned images only", () => {
    for (const { image } of chart.images) {
      expect(parseImage(image).tag).not.toMatch(/^(latest|main|master|stable|edge)$/);
    }
  });

  test("is used by some stack", () => {
    expect(releases.filter(({ name }) => name === chart.name)).not.toEqual([]);
  });

  withFacts("is published in this version, from this repository", () => {
    expect(factsOf(chart.name, chart.version)?.repository.replace(/\/$/, "")).toBe(
      chart.repository.replace(/\/$/, ""),
    );
  });

  withFacts("has each image's digest where it is known", () => {
    const known = factsOf(chart.name, chart.version)?.images ?? [];
    const digests = known.filter((image) => image.includes("@"));
    for (const { image } of chart.images.filter((one) => !one.image.includes("@"))) {
      expect(digests.filter((one) => one.startsWith(`${image}@`))).toEqual([]);
    }
  });
});

describe.each(releases.map((release) => [`${release.stack}: ${release.logicalName}`, release] as const))(
  "the values of %s",
  (_, release) => {
    withFacts("are all read by the chart", () => {
      expect(unread(release)).toEqual([]);
    });

    test("name no image by a moving tag", () => {
      const tags = leaves(release.values).filter(([steps]) => steps.at(-1) === "tag");
      expect(tags.filter(([, tag]) => tag === "latest" || tag === "")).toEqual([]);
    });
  },
);

/** Paths of values that the chart of the release does not read; it would ignore them, or refuse the release. */
function unread({ name, version, values }: PlannedRelease): readonly string[] {
  const facts = factsOf(name, version);
  if (facts === undefined) return [`nothing is known of ${name} ${version}`];
  const paths = new ValuePaths(facts);
  const all = leaves(values).map(([steps]) => steps);
  const strict = facts.valuesSchema === "strict" ? all.filter(([top = ""]) => !paths.hasTopLevel(top)) : [];
  return [...all.filter((steps) => !paths.reads(steps)), ...strict].map((steps) => steps.join("."));
}

/** The ends of a tree of values: lists and empty objects count as ends. */
function leaves(
  value: unknown,
  steps: readonly string[] = [],
): readonly (readonly [readonly string[], unknown])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[steps, value]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[steps, value]];
  return entries.flatMap(([key, inner]) => leaves(inner, [...steps, key]));
}

withFacts("a value that a chart does not read is found out", () => {
  const facts = factsOf(charts.certManager.name, charts.certManager.version);
  const paths = new ValuePaths(facts ?? { chart: "" });
  expect(paths.reads(["webhook", "replicaCount"])).toBe(true);
  expect(paths.reads(["webhook", "resources", "limits", "cpu"])).toBe(true);
  expect(paths.reads(["webhook", "replicas"])).toBe(false);
  expect(paths.hasTopLevel("webhooks")).toBe(false);
});
