import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { silentReporter } from "../../sandbox/reporter";
import { ensureTools } from "../../sandbox/toolchain";
import { repository } from "./project-copy";
import { findZizmor } from "./zizmor";

const github = join(repository, ".github");
const files = readdirSync(join(github, "workflows")).map((file) => join(".github", "workflows", file));
const actions = [join(".github", "actions", "open-clouds", "action.yml")];

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
    expect(faults(actionlint, "-shellcheck=", "-pyflakes=", ...files)).toBe("");
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

describe.each([...files, ...actions])("%s", (file) => {
  const text = textOf(file);
  const content: unknown = parse(text);

  test("pins every action by commit, with its version beside it", () => {
    const foreign = [...text.matchAll(/^\s*(?:- )?uses: (\S+)(.*)/gm)].filter(
      ([, action = ""]) => !action.startsWith("./"),
    );
    const loose = foreign.filter(
      ([, action = "", comment = ""]) =>
        !(/@[0-9a-f]{40}$/.test(action) && /^ # v\d+\.\d+\.\d+$/.test(comment)),
    );
    expect(loose.map(([line]) => line)).toEqual([]);
  });

  test("holds no long-lived key", () => {
    expect(text).not.toMatch(/secrets\.|aws-access-key-id|PULUMI_ACCESS_TOKEN/);
  });

  test("fails with the first program of a pipe that fails", () => {
    const piped = text.split("\n").some((line) => / \| (?!\|)/.test(line) && !line.trim().startsWith("#"));
    expect(!piped || text.includes("shell: bash")).toBe(true);
  });

  if (!actions.includes(file)) {
    test("gives no permission to all of its jobs, bounds each job's time, and has a concurrency group", () => {
      expect(content).toMatchObject({ permissions: {} });
      const jobs = Object.values(propertyOf(content, "jobs")).filter((job) => !("uses" in Object(job)));
      expect(jobs.filter((job) => !("timeout-minutes" in Object(job)))).toEqual([]);
      expect(jobs.filter((job) => !("permissions" in Object(job)))).toEqual([]);
      expect(text).toContain("concurrency:");
    });
  }
});

test("the same action has one commit wherever it is used", () => {
  const used = [...files, ...actions].flatMap((file) =>
    [...textOf(file).matchAll(/uses: ([^@\s]+)@([0-9a-f]{40})/g)].map(
      ([, name, commit]) => `${name} ${commit}`,
    ),
  );
  const commits = new Set(used);
  expect(commits.size).toBe(new Set([...commits].map((one) => one.split(" ")[0])).size);
});

test("every npm script that a workflow calls is there", () => {
  const scripts = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")).scripts;
  const called = files.flatMap((file) =>
    textOf(file)
      .split("\n")
      .filter((line) => !line.includes("--workspace"))
      .flatMap((line) => [...line.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = ""]) => name)),
  );
  expect(called.length).toBeGreaterThan(5);
  expect(called.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test("the Pulumi CLI of the workflows is the SDK's version", () => {
  const { dependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  const versions = files.flatMap((file) =>
    [...textOf(file).matchAll(/PULUMI_VERSION: (\S+)/g)].map(([, version]) => version),
  );
  expect(new Set(versions)).toEqual(new Set([dependencies["@pulumi/pulumi"]]));
});

function textOf(file: string): string {
  return readFileSync(join(repository, file), "utf8");
}

function propertyOf(content: unknown, key: string): object {
  return typeof content === "object" && content !== null ? Object(Reflect.get(content, key)) : {};
}
