import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const repository = join(__dirname, "../..");

/** Where a cloud may be asked for by its name: its own folder, and the places that choose among the clouds. */
const adapters = [
  /^infra\/(aws|linode|local)\//,
  /^infra\/clouds\/index\.ts$/,
  /^infra\/config\/clouds\//,
  /^delivery\/cluster\/reach\.ts$/,
  /^delivery\/preflight\/(aws|linode)-/,
  // Providers of resources, and no clusters.
  /^infra\/tags\.ts$/,
];

/** The sandbox's own clouds, which know nothing of the program's. */
const sandboxClouds =
  /^sandbox\/(providers\/(aws|linode)\/|cluster\/(cloud-controller\/load-balancers|kubeconfig|nodes)\.ts|engine\/(session|leftovers)\.ts)/;

const folders = [
  "infra",
  "apps",
  "estimate",
  "sandbox",
  "drills",
  "simulation",
  "delivery",
  "model",
  "proofs",
  "report",
];

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes("node_modules"));
}

const asksForACloud =
  /([!=]==? ?["'](aws|linode|local|eks|lke)["'])|(["'](aws|linode|local|eks|lke)["'] ?[!=]==?)|(\bcase ["'](aws|linode|local|eks|lke)["']:)/;

test("only a cloud's adapter asks which cloud it is", () => {
  const files = ["program.ts", "outputs.ts", ...folders.flatMap(sourcesIn)];
  expect(files.length).toBeGreaterThan(500);
  const asking = files
    .filter((file) => ![...adapters, sandboxClouds].some((allowed) => allowed.test(file)))
    .flatMap((file) =>
      readFileSync(join(repository, file), "utf8")
        .split("\n")
        .flatMap((line, index) => (asksForACloud.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    );
  expect(asking).toEqual([]);
});
