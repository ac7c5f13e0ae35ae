import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "../../test/support/delivery/script";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "review-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const passed = { PREVIEW: "success", GUARD: "success", PROOFS: "success" };

/** Runs the script on pull request 5, which has these comments of its own, and answers with what it asked of GitHub. */
function run(
  outcomes: { readonly PREVIEW: string; readonly GUARD: string; readonly PROOFS?: string },
  comments = "",
): readonly string[] {
  const script = new Script("review-comment", folder);
  script.replace("gh", `case "$*" in *--paginate*) printf '${comments}' ;; esac`);
  return script.run([folder, "prod"], {
    env: {
      PROOFS: "skipped",
      ...outcomes,
      PULL_REQUEST: "5",
      RUN_URL: "https://example.com/runs/1",
      GH_TOKEN: "token",
      GH_REPO: "owner/name",
    },
  });
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function comment(): string {
  return readFileSync(join(folder, "comment.md"), "utf8");
}

test("makes a comment where the stack has none, and else brings its first one up to date", () => {
  const body = `--field body=@${join(folder, "comment.md")} --silent`;
  expect(run(passed).at(-1)).toBe(`api --method POST repos/owner/name/issues/5/comments ${body}`);
  expect(run(passed, "11\\n12\\n").at(-1)).toBe(
    `api --method PATCH repos/owner/name/issues/comments/11 ${body}`,
  );
});

test("looks for the comment of this stack among those of bots", () => {
  const [search] = run(passed);
  expect(search).toContain('.user.type == "Bot"');
  expect(search).toContain('startswith("<!-- what a change means for prod -->")');
  expect(comment()).toMatch(/^<!-- what a change means for prod -->\n/);
});

test("tells in a few lines that all is well, and what it costs", () => {
  write("golden.outcome", "current\n");
  write("golden.txt", " a.json | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n");
  write("cost.md", "### Cost of prod: +$12 a month at its desired size\n");
  write("proofs.txt", "22972 checks, 0 faults\n");
  run(passed);
  expect(comment()).toContain("| Proofs over the plan | 22972 checks, 0 faults |");
  expect(comment()).toContain("| Preview, under the policy pack | passes");
  expect(comment()).toContain("| Guard | nothing that holds data");
  expect(comment()).toContain("| Golden plan |  1 file changed, 1 insertion(+), 1 deletion(-) |");
  expect(comment()).toContain("\n### Cost of prod: +$12 a month at its desired size\n");
  expect(comment()).not.toContain("**");
});

test("says so when the plan does not change", () => {
  write("golden.outcome", "current\n");
  write("golden.txt", "");
  run(passed);
  expect(comment()).toContain("| Golden plan | nothing changes |");
  expect(comment()).not.toContain("<details>");
});

test("shows what a preview says that fails, the end of it when it is long, since GitHub refuses long bodies", () => {
  write("preview.txt", `the beginning ${"x".repeat(100_000)} [mandatory] run-as-non-root`);
  write("guard.txt", `refused: delete the database ${"y".repeat(100_000)} and have it reviewed.`);
  run({ PREVIEW: "failure", GUARD: "failure" });
  expect(comment()).toContain("| Preview, under the policy pack | **fails**");
  expect(comment()).toContain("[mandatory] run-as-non-root");
  expect(comment()).toContain("| Guard | **refuses**");
  expect(comment()).toContain("and have it reviewed.");
  expect(comment()).not.toContain("the beginning");
  expect(comment().length).toBeLessThan(65_536);
});

test("asks for the golden plan when it is not what the program does", () => {
  write("golden.outcome", "outdated\n");
  write("golden.txt", " 1 file changed\n");
  run(passed);
  expect(comment()).toContain("| Golden plan | **not what the program does**: run `npm run golden`");
});

test("never takes what was not looked at for something that is well", () => {
  run({ PREVIEW: "cancelled", GUARD: "skipped" });
  expect(comment().match(/\*\*not looked at\*\*/g)).toHaveLength(4);
  run({ PREVIEW: "failure", GUARD: "failure" });
  expect(comment()).toContain("| Guard | **not looked at** |");
  expect(comment()).toContain("### Cost of prod: not looked at");
});

test("shows what proofs find, and nothing of them where they find nothing", () => {
  const found =
    "names: aws: Ingress shop/shop\n  it leads to port 80 of the Service shoop, which is not there";
  write("proofs.txt", `${found}\n\n22972 checks, 1 faults\n`);
  run({ ...passed, PROOFS: "failure" });
  expect(comment()).toContain("| Proofs over the plan | **22972 checks, 1 faults**, see below |");
  expect(comment()).toContain("<details><summary>What the proofs say</summary>");
  expect(comment()).toContain("it leads to port 80 of the Service shoop");
  write("proofs.txt", "22972 checks, 0 faults\n");
  run(passed);
  expect(comment()).not.toContain("What the proofs say");
});

test("says so when the proofs did not run", () => {
  run({ ...passed, PROOFS: "skipped" });
  expect(comment()).toContain("| Proofs over the plan | **not looked at** |");
});
