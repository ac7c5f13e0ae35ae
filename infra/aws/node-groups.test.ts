import { lean } from "../../test/support/recorded/aws-platform";
import { awsSchema } from "../config/aws-schema";
import { planNodeGroups } from "./node-groups";
import { splitOverZones, splitPool } from "./pool-split";

const zones = lean.network.zones;

/** The groups of a pool that is general's but for some keys. */
function planned(changes: object) {
  const nodePools = { general: { ...lean.nodePools.general, ...changes } };
  return planNodeGroups(
    "general",
    awsSchema.parse({ ...lean, nodePools }).nodePools.general ?? never(),
    zones,
  );
}

function never(): never {
  throw new Error("the pool general is gone");
}

function nameOf(changes: object): string | undefined {
  return planned(changes)[0]?.physicalName;
}

test("a group's name changes with what cannot be changed in it, and only with that", () => {
  const before = nameOf({});
  expect(before).toMatch(/^general-us-east-1a-[0-9a-f]{6}$/);
  expect(nameOf({ maximum: 30, diskGiB: 200, labels: { tier: "web" } })).toBe(before);
  expect(nameOf({ instanceTypes: ["m7i.xlarge"] })).not.toBe(before);
  expect(nameOf({ amiType: "BOTTLEROCKET_x86_64" })).not.toBe(before);
  expect(nameOf({ zones: zones.slice(1) })).not.toBe(before);
});

test("the image follows from architecture and GPUs, unless one is named", () => {
  const image = (changes: object) => planned(changes)[0]?.amiType;
  expect(image({})).toBe("AL2023_x86_64_STANDARD");
  expect(image({ instanceTypes: ["m7g.xlarge"] })).toBe("AL2023_ARM_64_STANDARD");
  expect(image({ amiType: "BOTTLEROCKET_x86_64" })).toBe("BOTTLEROCKET_x86_64");
});

test.each([
  { percent: 20, size: [3, 3, 20], onDemand: [1, 1, 4], spot: [2, 2, 16] },
  { percent: 20, size: [0, 0, 2], onDemand: [0, 0, 1], spot: [0, 0, 1] },
  { percent: 50, size: [1, 3, 5], onDemand: [1, 2, 3], spot: [0, 1, 2] },
  { percent: 7, size: [100, 100, 100], onDemand: [7, 7, 7], spot: [93, 93, 93] },
  { percent: 0, size: [2, 4, 10], onDemand: [0, 0, 0], spot: [2, 4, 10] },
  { percent: 100, size: [2, 4, 10], onDemand: [2, 4, 10], spot: [0, 0, 0] },
])("$percent % of $size on-demand, rounded up, is $onDemand", ({ percent, size, onDemand, spot }) => {
  const split = splitPool(sizeOf(size), percent);
  expect(split).toEqual({ onDemand: sizeOf(onDemand), spot: sizeOf(spot) });
});

function sizeOf([minimum = 0, desired = 0, maximum = 0]: readonly number[]) {
  return { minimum, desired, maximum };
}

test("on-demand nodes have a group for each zone, where stores find their volumes; others are over all zones", () => {
  const groups = (changes: object) => planned(changes).map(({ name, zones: over }) => [name, over.length]);
  const each = (name: string) => zones.map((zone) => [`${name}-${zone}`, 1]);
  expect(groups({})).toEqual(each("general"));
  // The odd node of a part of a pool is in the last zone: those of whole pools are in the first ones.
  expect(groups({ onDemandPercent: 50 })).toEqual([
    ...each("general-on-demand").toReversed(),
    ["general-spot", 3],
  ]);
  expect(groups({ zones: zones.slice(0, 1) })).toEqual([["general", 1]]);
});

test.each([
  {
    size: [5, 6, 20],
    split: [
      [2, 2, 7],
      [2, 2, 7],
      [1, 2, 6],
    ],
  },
  {
    size: [1, 2, 4],
    split: [
      [1, 1, 2],
      [0, 1, 1],
      [0, 0, 1],
    ],
  },
  {
    size: [1, 1, 2],
    split: [
      [1, 1, 1],
      [0, 0, 1],
    ],
  },
])("$size over three zones is $split", ({ size, split }) => {
  const parts = splitOverZones(sizeOf(size), zones);
  expect(parts.map((part) => part.size)).toEqual(split.map(sizeOf));
  expect(parts.map(({ zone }) => zone)).toEqual(zones.slice(0, split.length));
});
