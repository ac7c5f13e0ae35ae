import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentReporter } from "../../cli/reporter";
import { ensureTools } from "../../toolchain";
import { workflows } from "../workflows/workflow-files";
import { repository } from "./project-copy";
import { findZizmor } from "./zizmor";

/** What a program prints when it finds fault; empty when it finds none. */
function faults(program: string, ...words: readonly string[]): string {
  try {
    execFileSync(program, words, { cwd: repository, encoding: "utf8", stdio: "pipe" });
    return "";
  } catch (error) {
    return typeof error === "object" && error !== null && "stdout" in error
      ? String(error.stdout)
      : String(error);
  }
}

/** A folder that is laid out as a repository, with this workflow in it. */
function withWorkflow<T>(text: string, work: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "workflow-"));
  try {
    mkdirSync(join(folder, ".github", "workflows"), { recursive: true });
    const file = join(folder, ".github", "workflows", "broken.yml");
    writeFileSync(file, text);
    return work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("actionlint", () => {
  test("finds no fault in any workflow", async () => {
    const { actionlint } = await ensureTools(["actionlint"], silentReporter);
    expect(faults(actionlint, "-shellcheck=", "-pyflakes=", ...workflows.map(({ file }) => file))).toBe("");
  });

  test("finds a fault where there is one", async () => {
    const { actionlint } = await ensureTools(["actionlint"], silentReporter);
    const broken =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ nowhere.value }}\n";
    expect(withWorkflow(broken, (file) => faults(actionlint, file))).toContain("undefined variable");
  });
});

const zizmor = findZizmor();
const withZizmor = zizmor === undefined ? describe.skip : describe;

withZizmor("zizmor", () => {
  const words = ["--offline", "--no-progress", "--quiet"];

  test("finds no fault in any workflow or action", () => {
    expect(faults(zizmor ?? "", ...words, repository)).toBe("");
  });

  test("finds a fault where there is one", () => {
    const broken = [
      "on: pull_request_target",
      "jobs:",
      "  a:",
      "    runs-on: ubuntu-24.04",
      "    steps:",
      "      - uses: actions/checkout@v7",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
      '      - run: echo "${{ github.event.pull_request.title }}"',
    ].join("\n");
    const found = withWorkflow(broken, (file) => faults(zizmor ?? "", ...words, file));
    expect(found).toContain("template-injection");
    expect(found).toContain("unpinned-uses");
  });
});
