import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "../../test/support/delivery/script";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "drift-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script with a GitHub that has this issue open, and answers with what it asked of GitHub. */
function run(openIssue: string): readonly string[] {
  const script = new Script("drift-issue", folder);
  script.replace("gh", `if [ "$1 $2" = "issue list" ]; then echo "${openIssue}"; fi`);
  const calls = script.run([folder, "staging", "prod"], {
    env: { RUN_URL: "https://example.com/runs/1", GH_TOKEN: "token", GH_REPO: "owner/name" },
  });
  return calls.map((call) => call.split(" ").slice(0, 3).join(" "));
}

function looked(stack: string, outcome: "none" | "drift", said = ""): void {
  writeFileSync(join(folder, `${stack}.outcome`), `${outcome}\n`);
  writeFileSync(join(folder, `${stack}.txt`), said);
}

function body(): string {
  return readFileSync(join(folder, "issue.md"), "utf8");
}

test("opens an issue that tells of each stack that has drifted, and of no other", () => {
  looked("staging", "none", "nothing of interest");
  looked("prod", "drift", "~ 1 to update");
  expect(run("")).toEqual(["issue list --label", "label create drift", "issue create --title"]);
  expect(body()).toContain("`prod` has drifted");
  expect(body()).toContain("~ 1 to update");
  expect(body()).not.toContain("staging");
});

test("updates the issue that is open, and opens no other", () => {
  looked("staging", "drift");
  looked("prod", "none");
  expect(run("7")).toEqual(["issue list --label", "issue edit 7"]);
});

test("closes the issue when nothing differs any more", () => {
  looked("staging", "none");
  looked("prod", "none");
  expect(run("7")).toEqual(["issue list --label", "issue close 7"]);
});

test("asks for nothing when there is neither drift nor an issue", () => {
  looked("staging", "none");
  looked("prod", "none");
  expect(run("")).toEqual(["issue list --label"]);
});

test("never takes a stack that was not looked at for one that is well", () => {
  looked("prod", "none");
  expect(run("")).toContain("issue create --title");
  expect(body()).toContain("`staging` could not be looked at");
});

test("keeps the end of what a preview printed, since GitHub refuses long bodies", () => {
  looked("staging", "none");
  looked("prod", "drift", `the beginning ${"x".repeat(100_000)} the end`);
  run("");
  expect(body().length).toBeLessThan(65_536);
  expect(body()).toContain("the end");
  expect(body()).not.toContain("the beginning");
});
