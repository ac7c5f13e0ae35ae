import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { charts } from "../../infra/platform/charts";
import { messagingSoftware } from "../../infra/platform/charts/messaging";
import { recoverySoftware } from "../../infra/recovery/software";

const repository = join(__dirname, "..", "..");

const configuration = z
  .object({
    customManagers: z.array(
      z.object({
        description: z.string(),
        managerFilePatterns: z.array(z.string().regex(/^\/.+\/$/)),
        matchStrings: z.array(z.string()),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(repository, "renovate.json"), "utf8")));

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: repository,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
}).split("\n");

interface Found {
  readonly depName: string;
  readonly currentValue: string;
  readonly registryUrl?: string;
}

function filesOf(patterns: readonly string[]): readonly string[] {
  const expressions = patterns.map((pattern) => new RegExp(pattern.slice(1, -1)));
  return files.filter((file) => expressions.some((expression) => expression.test(file)));
}

/** What a manager finds, as Renovate would. */
function foundBy(description: string): readonly Found[] {
  const manager = configuration.customManagers.find((one) => one.description === description);
  if (manager === undefined) throw new Error(`renovate.json has no manager for ${description}`);
  return filesOf(manager.managerFilePatterns).flatMap((file) => {
    const text = readFileSync(join(repository, file), "utf8");
    return manager.matchStrings.flatMap((match) =>
      [...text.matchAll(new RegExp(match, "g"))].map(({ groups = {} }) => {
        const { depName = "", currentValue = "", registryUrl } = groups;
        return { depName, currentValue, ...(registryUrl !== undefined && { registryUrl }) };
      }),
    );
  });
}

const shared = foundBy("Versions that several places share");
const inRepositories = foundBy("Charts of repositories");
const inRegistries = foundBy("Charts of OCI registries");
const images = foundBy("Images");

test.each(Object.values(charts))("the chart $name is found, in the version that is pinned", (chart) => {
  const address = chart.repository.replace("oci://", "");
  const found = [...inRepositories, ...inRegistries, ...shared].filter(
    ({ depName, registryUrl, currentValue }) =>
      currentValue === chart.version &&
      // Istio's charts are released together, in the version of one.
      (depName === address ||
        (registryUrl === chart.repository && (depName === chart.name || depName === "istiod"))),
  );
  expect(found).toHaveLength(1);
});

test("the managers of charts find nothing else", () => {
  const own = Object.values(charts).map(({ version }): string => version);
  expect(
    [...inRepositories, ...inRegistries].filter(({ currentValue }) => !own.includes(currentValue)),
  ).toEqual([]);
});

const references: readonly string[] = [
  ...Object.values(charts).flatMap((chart) => chart.images.map(({ image }): string => image)),
  ...Object.values(messagingSoftware).map(({ image }): string => image),
  ...Object.values(recoverySoftware).map(({ image }): string => image),
];

test.each([...new Set(references)])("the image %s is found", (reference) => {
  const [plain = ""] = reference.split("@");
  const [, name = "", tag = ""] = /^(.+):([^:]+)$/.exec(plain) ?? [];
  const literal = images.some(({ depName, currentValue }) => depName === name && currentValue === tag);
  const byVersion = shared.some(({ currentValue }) => tag.includes(currentValue));
  expect(literal || byVersion).toBe(true);
});

test("every file of the program that names an image is looked at", () => {
  const name = /["`](?:[a-z0-9-]+\.)+(?:io|com|org)\/[a-z0-9._/-]+:v?\d[\w.-]*["`@]/;
  const naming = files.filter(
    (file) =>
      /^(apps|infra)\/.+\.ts$/.test(file) &&
      !/\.test\.ts$/.test(file) &&
      name.test(readFileSync(join(repository, file), "utf8").replaceAll(/\/\*\*[\s\S]*?\*\//g, "")),
  );
  const manager = configuration.customManagers.find(({ description }) => description === "Images");
  expect(naming.filter((file) => !filesOf(manager?.managerFilePatterns ?? []).includes(file))).toEqual([
    // An example in the documentation of the mirror.
    "infra/config/platform.ts",
  ]);
});

test("a version that is found is bumped where it stands, and nowhere else", () => {
  const file = join(repository, "infra", "platform", "charts", "capacity.ts");
  const text = readFileSync(file, "utf8");
  const [manager] = configuration.customManagers;
  const [match = ""] = manager?.matchStrings ?? [];
  const bumped = text.replaceAll(
    new RegExp(match, "g"),
    (whole: string, name: string, _: string, version: string) =>
      name === "metrics-server" ? whole.replace(version, "9.9.9") : whole,
  );
  const changed = bumped.split("\n").filter((line, index) => line !== text.split("\n")[index]);
  expect(changed).toEqual(['    version: "9.9.9",']);
});
