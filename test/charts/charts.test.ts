import type { Chart } from "../../infra/kit/chart";
import { parseImage } from "../../infra/kit/mirror";
import { charts } from "../../infra/platform/charts";
import { type ChartFacts, keptFacts, publishedFacts } from "./chart-facts";
import { leaves } from "./leaves";
import { type PlannedRelease, plannedReleases } from "./planned-releases";
import { knownByHand, type ReadPaths, ValuePaths } from "./value-paths";

const catalogue = Object.entries<Chart>(charts);
const releases = plannedReleases();
const published = publishedFacts();
const kept = keptFacts();
/** Charts that come with a stack's own wish: a bundle of secrets with external keys. No stack of the repository has one. */
const onDemand: readonly Chart[] = [charts.externalSecrets];

(published === undefined ? test.skip : test)(
  published === undefined
    ? "kept facts of charts are compared with ../shared/charts, which is not here"
    : "kept facts of charts are those of ../shared/charts: `npm run published-facts` makes them",
  () => expect(kept).toEqual(published),
);

function factsOf(name: string, version: string): ChartFacts | undefined {
  return kept.find((facts) => facts.name === name && facts.version === version);
}

describe.each(catalogue)("the chart %s", (_, chart) => {
  test("runs pinned images only", () => {
    for (const { image } of chart.images) {
      expect(parseImage(image).tag).not.toMatch(/^(latest|main|master|stable|edge)$/);
    }
  });

  test("is used by some stack, or waits for one that asks for it", () => {
    const used = releases.some(({ name }) => name === chart.name);
    expect(used).toBe(!onDemand.includes(chart));
  });

  const facts = factsOf(chart.name, chart.version);
  if (facts === undefined) {
    whereFactsAreMissing(`${chart.name} ${chart.version}`);
    return;
  }

  test("is published in this version, from this repository", () => {
    expect(facts.repository).toBe(chart.repository.replace(/\/$/, ""));
  });

  test("has each image's digest where it is known", () => {
    for (const { image } of chart.images.filter((one) => !one.image.includes("@"))) {
      expect(facts.digests.filter((one) => one.startsWith(`${image}@`))).toEqual([]);
    }
  });
});

/** Fails where the facts could be kept; where there is nothing to make them from, one line says what is not tested. */
function whereFactsAreMissing(chart: string): void {
  (published === undefined ? test.skip : test)(
    `nothing is kept of ${chart}: its repository, digests and values are not tested`,
    () => {
      throw new Error(
        `${chart} is not in ../shared/charts, or \`npm run published-facts\` did not run since it is used`,
      );
    },
  );
}

describe.each(releases.map((release) => [`${release.stack}: ${release.logicalName}`, release] as const))(
  "the values of %s",
  (_, release) => {
    const facts = factsOf(release.name, release.version);
    if (facts !== undefined) {
      test(`are all read by the chart; what its lists of values do not show is in ${knownByHand}`, () => {
        expect(unread(release, facts)).toEqual([]);
      });
    }

    test("name no image by a moving tag", () => {
      const tags = leaves(release.values).filter(([steps]) => steps.at(-1) === "tag");
      expect(tags.filter(([, tag]) => tag === "latest" || tag === "")).toEqual([]);
    });
  },
);

/** Paths of values that the chart of the release does not read; it would ignore them, or refuse the release. */
function unread({ name, values }: PlannedRelease, facts: ChartFacts): readonly string[] {
  const paths = new ValuePaths(name, facts);
  const all = leaves(values).map(([steps]) => steps);
  const refused = facts.strict ? all.filter(([top = ""]) => !paths.hasTopLevel(top)) : [];
  return [...all.filter((steps) => !paths.reads(steps)), ...refused].map((steps) => steps.join("."));
}

test("a value that a chart does not read is found out", () => {
  const paths = new ValuePaths("a-chart", {
    defaults: ["webhook.replicaCount", "webhook.resources.limits"],
    open: ["affinity", "webhook.affinity"],
    extras: ["webhook.image.registry"],
  });
  expect(paths.reads(["webhook", "replicaCount"])).toBe(true);
  expect(paths.reads(["webhook", "resources", "requests", "cpu"])).toBe(true);
  expect(paths.reads(["webhook", "affinity", "anything"])).toBe(true);
  expect(paths.reads(["webhook", "image", "registry"])).toBe(true);
  expect(paths.reads(["webhook", "replicas"])).toBe(false);
  expect(paths.reads(["webhook"])).toBe(false);
  expect(paths.hasTopLevel("webhook")).toBe(true);
  expect(paths.hasTopLevel("affinity")).toBe(true);
  expect(paths.hasTopLevel("webhooks")).toBe(false);
});

test("of a chart's paths those are kept that say the same of the values that are set, and no others", () => {
  const all = {
    defaults: ["a", "b.c", "b.d", "resources.limits.cpu", "resources.limits.memory"],
    open: ["e", "f"],
    extras: ["g.h", "i"],
  };
  const set = [["a"], ["e", "anything"], ["resources", "requests"], ["g", "h", "below"], ["b", "x"]];
  const kept = new ValuePaths("a-chart", all).onlyFor(set);
  expect(kept).toEqual({ defaults: ["a", "resources.limits.cpu"], open: ["e"], extras: ["g.h"] });
  const reads = (paths: ReadPaths) => set.map((steps) => new ValuePaths("a-chart", paths).reads(steps));
  expect(reads(kept)).toEqual([true, true, true, true, false]);
  expect(reads(kept)).toEqual(reads(all));
});
