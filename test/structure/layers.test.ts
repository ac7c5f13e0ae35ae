import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const repository = join(__dirname, "..", "..");
const configuration = join(repository, ".dependency-cruiser.cjs");
const rules: readonly { readonly name: string }[] = require(configuration).forbidden;

/** Imports that the rules forbid: the rule, the file that imports, and what. */
const forbidden: readonly (readonly [rule: string, from: string, imports: string])[] = [
  ["no-circle", "infra/one.ts", "./two"],
  ["no-import-from-tests", "report/untested.ts", "../test/invented"],
  ["no-import-from-tests", "sandbox/untested.ts", "./some.test"],
  ["primitives-stand-alone", "primitives/heavy.ts", "../infra/site"],
  ["cli-stands-alone", "cli/knows.ts", "../model/plan"],
  ["facts-stand-alone", "facts/asks.ts", "../infra/site"],
  ["toolchain-stands-alone", "toolchain/knows.ts", "../sandbox/engine"],
  ["infra-below-apps", "infra/names.ts", "../apps/system"],
  ["apps-on-infra", "apps/delivers.ts", "../delivery/deploy"],
  ["program-is-the-root", "report/again.ts", "../program"],
  ["program-without-tools", "infra/tooled.ts", "only-for-development"],
  ["model-below-its-readers", "model/imitates.ts", "../sandbox/engine"],
  ["model-below-its-readers", "model/proves.ts", "../proofs/proof"],
  ["estimate-below-proofs", "estimate/asks.ts", "../proofs/proof"],
  ["proofs-need-no-cluster", "proofs/runs.ts", "../sandbox/engine"],
  ["policies-stand-alone", "policies/outside.ts", "../infra/site"],
  ["sandbox-stands-alone", "sandbox/knows.ts", "../model/plan"],
  ["drills-on-sandbox", "drills/delivers.ts", "../delivery/deploy"],
  ["simulation-below-delivery", "simulation/delivers.ts", "../delivery/deploy"],
  ["resolvable", "report/lost.ts", "./nowhere"],
];

/** Imports that go the right way. */
const allowed: readonly (readonly [from: string, imports: string])[] = [
  ["apps/system.ts", "../infra/site"],
  ["infra/site.ts", "node:fs"],
  // Told with the file that closes the circle.
  ["infra/two.ts", "./one"],
  ["program.ts", "./apps/system"],
  ["index.ts", "./program"],
  ["proofs/proof.ts", "../model/plan"],
  ["simulation/joins.ts", "../model/plan"],
  ["infra/some.test.ts", "../apps/system"],
  ["test/invented.ts", "../sandbox/engine"],
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "layers-"));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const file of ["model/plan", "sandbox/engine", "delivery/deploy", "sandbox/some.test"]) {
    write(`${file}.ts`, "export type Name = string;\n");
  }
  for (const [from, imports] of [
    ...allowed,
    ...forbidden.map(([, from, imports]) => [from, imports] as const),
  ]) {
    write(from, `import type { Name } from "${imports}";\nexport type Other = Name;\n`);
  }
  write("package.json", JSON.stringify({ devDependencies: { "only-for-development": "1.0.0" } }));
  write(
    "node_modules/only-for-development/package.json",
    JSON.stringify({ version: "1.0.0", main: "index.js" }),
  );
  write("node_modules/only-for-development/index.js", "");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Found {
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
  };
}

/** What the rules have against the folder: the rule and the file that imports. */
function violations(): Promise<ReadonlySet<string>> {
  const arguments_ = ["--config", configuration, "--output-type", "json", "."];
  return new Promise((resolve, reject) => {
    execFile(
      join(repository, "node_modules", ".bin", "depcruise"),
      arguments_,
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      (_, stdout, stderr) => {
        if (stdout === "") return reject(new Error(stderr));
        const found: Found = JSON.parse(stdout);
        return resolve(new Set(found.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)));
      },
    );
  });
}

test("each rule finds what it forbids, types included, and nothing else", async () => {
  expect([...(await violations())].sort()).toEqual(
    forbidden.map(([rule, from]) => `${rule}: ${from}`).sort(),
  );
});

test("every rule is tried", () => {
  expect([...new Set(forbidden.map(([rule]) => rule))].sort()).toEqual(rules.map(({ name }) => name).sort());
});
