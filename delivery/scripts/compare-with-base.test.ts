import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "../../test/support/delivery/script";

const plan = join("test", "golden", "plan", "prod");
let folder: string;
let repository: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compare-"));
  repository = join(folder, "repository");
  mkdirSync(repository);
  git("init", "--quiet");
});

afterEach(() => rmSync(folder, { recursive: true }));

function git(...words: readonly string[]): void {
  const identity = [
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  execFileSync("git", [...identity, ...words], { cwd: repository, stdio: "pipe" });
}

function commit(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(repository, name, ".."), { recursive: true });
    writeFileSync(join(repository, name), text);
  }
  git("add", "--all");
  git("commit", "--quiet", "--message", "a commit");
}

/** Runs the script where planning the stack again does this, and answers with what it asked of npm. */
function run(planning = "true"): string | undefined {
  const script = new Script("compare-with-base", folder);
  script.replace("node", planning);
  // Says which plan it was given as the base.
  script.replace("npm", `while [ $# -gt 0 ]; do [ "$1" = --base ] && cat "$2"/*; shift; done; true`);
  return script.run([folder, "prod"], { cwd: repository, env: { HOME: folder } }).at(-1);
}

function written(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

test("compares the cost with that of the plan before the change", () => {
  commit({ [join(plan, "a.json")]: "before\n" });
  commit({ [join(plan, "a.json")]: "after\n" });
  expect(run()).toBe(`run --silent cost -- --stack prod --base ${join(folder, "base", plan)}`);
  expect(written("cost.md")).toBe("before\n");
});

test("tells which resources of the stack change, and of no other stack", () => {
  commit({ [join(plan, "a.json")]: "before\n", "README.md": "before\n" });
  commit({ [join(plan, "a.json")]: "after\n", [join(plan, "b.json")]: "new\n", "README.md": "after\n" });
  run();
  expect(written("golden.outcome")).toBe("current\n");
  expect(written("golden.txt")).toMatch(/^ a\.json \| 2 \+-\n b\.json \| 1 \+\n 2 files changed/);
});

test("says nothing of a plan that stays as it was", () => {
  commit({ [join(plan, "a.json")]: "same\n" });
  commit({ "README.md": "after\n" });
  run();
  expect(written("golden.txt")).toBe("");
});

test.each([
  ["has a resource that differs", "a.json"],
  ["lacks a resource", "b.json"],
])("sees that the reviewed plan %s", (_, file) => {
  commit({ [join(plan, "a.json")]: "same\n" });
  commit({ "README.md": "after\n" });
  run(`echo different > ${join(plan, file)}`);
  expect(written("golden.outcome")).toBe("outdated\n");
  expect(written("golden.txt")).toContain(file);
});

test("tells what a stack costs that is new", () => {
  commit({ "README.md": "before\n" });
  commit({ [join(plan, "a.json")]: "new\n" });
  expect(run()).toBe("run --silent cost -- --stack prod");
  expect(written("cost.md")).toMatch(/^### Cost of prod, which is new\n/);
});
