import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "../../test/support/delivery/script";

const runbooks = join(__dirname, "../../docs/runbooks");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "drills-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script, and answers with the issue's text. */
function issue(pages = runbooks): string {
  const script = new Script("drill-issue", folder);
  script.replace("gh", "true");
  const calls = script.run([pages, join(folder, "results")], {
    env: { RUN_URL: "https://example.com/runs/1", GH_TOKEN: "token", GH_REPO: "owner/name" },
  });
  expect(calls.map((call) => call.split(" ").slice(0, 3).join(" "))).toEqual([
    "label create drill",
    "issue create --title",
  ]);
  return readFileSync(join(folder, "results", "issue.md"), "utf8");
}

function drilled(drills: readonly { readonly name: string; readonly passed: boolean }[]): void {
  mkdirSync(join(folder, "results"));
  const kept = { stack: "prod", drills: drills.map((drill) => ({ ...drill, seconds: 41.6 })) };
  writeFileSync(join(folder, "results", "prod.json"), JSON.stringify(kept));
}

test("tells what the drills came to", () => {
  drilled([
    { name: "drain", passed: true },
    { name: "zone-outage", passed: false },
  ]);
  expect(issue()).toContain("- passed: `prod` drain, 42 s\n- **failed**: `prod` zone-outage, 42 s\n");
});

test("never takes drills without results for drills that passed", () => {
  expect(issue()).toContain("They did not run to their end");
});

test("asks for every drill that has a page, by its title", () => {
  const asked = issue().match(/^- \[ \] \[.+\]\(/gm) ?? [];
  expect(asked).toHaveLength(readdirSync(runbooks).filter((file) => file.startsWith("drill-")).length);
  expect(asked).toContain("- [ ] [A cluster is lost](");
});
