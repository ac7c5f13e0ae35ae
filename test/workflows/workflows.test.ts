import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { goModules } from "../../toolchain/modules";
import { jobs, repository } from "./steps";
import { actions, workflows } from "./workflow-files";

const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));

describe.each([...workflows, ...actions].map((source) => [source.file, source.text]))("%s", (_, text) => {
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
});

describe.each(workflows.map((workflow) => [workflow.name, workflow] as const))("%s", (_, workflow) => {
  test("gives no permission to all of its jobs", () => {
    expect(workflow.permissions).toEqual({});
  });

  test("fails with the first program of a pipe that fails", () => {
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    const piped = steps.filter(({ run }) => / \|(?!\|)/.test(run));
    expect(workflow.defaults?.run.shell === "bash" ? [] : piped).toEqual([]);
  });

  test("runs no change of a stranger's with the rights of this repository", () => {
    expect(workflow.text).not.toMatch(/pull_request_target|workflow_run/);
  });

  test("says of two runs at once which goes on", () => {
    const running = Object.values(workflow.jobs).filter(({ uses }) => uses === undefined);
    expect(workflow.concurrency ?? running.every(({ concurrency }) => concurrency)).toBeTruthy();
  });
});

describe.each(jobs.filter(({ job }) => job.uses === undefined).map((one) => [one.title, one.job] as const))(
  "%s",
  (_, job) => {
    test("ends in time, on a machine that does not change by itself", () => {
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
      expect(job["runs-on"]).not.toContain("latest");
    });

    test("leaves no token in a checkout", () => {
      const checkouts = job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
      expect(checkouts.filter((step) => step.with["persist-credentials"] !== false)).toEqual([]);
    });
  },
);

test("jobs may write what they have to, and nothing else", () => {
  const writes = jobs.flatMap(({ title, job }) => {
    const allowed = Object.entries(job.permissions).filter(([, may]) => may === "write");
    return allowed.length > 0 ? [[title, allowed.map(([what]) => what).sort()]] : [];
  });
  expect(Object.fromEntries(writes)).toEqual({
    "deploy.yml: staging": ["id-token"],
    "deploy.yml: prod": ["id-token"],
    "drift.yml: look": ["id-token"],
    "drills.yml: ask": ["issues"],
    "drift.yml: tell": ["issues"],
    "ml-pipeline.yml: build": ["id-token"],
    "ml-pipeline.yml: deploy": ["id-token"],
    "preview.yml: preview": ["id-token", "pull-requests"],
    "release-policies.yml: release": ["attestations", "contents", "id-token"],
    "stack-up.yml: up": ["id-token"],
  });
});

test("whoever opens the clouds does so by the token of an environment, which its reviewers guard", () => {
  const open = jobs.filter(({ job }) => job.steps.some(({ uses }) => uses?.endsWith("/open-clouds")));
  expect(open.map(({ title }) => title)).toEqual([
    "drift.yml: look",
    "preview.yml: preview",
    "stack-up.yml: up",
  ]);
  expect(open.filter(({ job }) => job.environment === undefined)).toEqual([]);
});

test("an action of this repository is there, and the same foreign one has one commit wherever it is used", () => {
  const used = [
    ...new Set(
      [...workflows, ...actions].flatMap(({ text }) =>
        [...text.matchAll(/uses: (\S+)/g)].map(([, use = ""]) => use),
      ),
    ),
  ];
  const [own, foreign] = [
    used.filter((use) => use.startsWith("./")),
    used.filter((use) => !use.startsWith("./")),
  ];
  expect(own.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  expect(new Set(foreign.map((use) => use.replace(/@.*/, ""))).size).toBe(foreign.length);
});

test("every part of the repository has somebody who reviews it", () => {
  const lines = readFileSync(join(repository, ".github/CODEOWNERS"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines[0]).toMatch(/^\*\s+@\S+/);
  const folders = lines.slice(1).map((line) => line.split(/\s+/)[0]?.replace(/^\//, "") ?? "");
  expect(folders.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  expect(readFileSync(join(repository, "docs/delivery.md"), "utf8")).toMatch(
    /\*\*Branch protection\*\* of `main`: two approving reviews/,
  );
});

test("every npm script that a workflow calls is there", () => {
  const called = workflows.flatMap(({ text }) =>
    text
      .split("\n")
      .filter((line) => !line.includes("--workspace"))
      .flatMap((line) => [...line.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = ""]) => name)),
  );
  expect(called.length).toBeGreaterThan(5);
  expect(called.filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
});

test("every script that a workflow calls is there", () => {
  const called = workflows.flatMap(({ text }) =>
    [...text.matchAll(/\.github\/scripts\/[\w-]+/g)].map(([path]) => path),
  );
  expect(called.length).toBeGreaterThan(2);
  expect(called.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

test("the Pulumi CLI of the workflows is the SDK's version", () => {
  const versions = workflows.flatMap(({ text }) =>
    [...text.matchAll(/PULUMI_VERSION: (\S+)/g)].map(([, version]) => version),
  );
  expect(new Set(versions)).toEqual(new Set([manifest.dependencies["@pulumi/pulumi"]]));
});

describe("the sandbox's tools", () => {
  const users = jobs.filter(({ job }) =>
    job.steps.some(({ run }) => /make (up|test|drill)|test:(sandbox|clock)/.test(run)),
  );

  test("are kept from run to run wherever the sandbox runs", () => {
    expect(users.map(({ title }) => title)).toEqual([
      "checks.yml: macos",
      "checks.yml: sandbox",
      "clock.yml: ahead",
      "drills.yml: rehearse",
      "security.yml: objects",
    ]);
    const without = users.filter(
      ({ job }) => !job.steps.some(({ uses }) => uses?.endsWith("/sandbox-tools")),
    );
    expect(without).toEqual([]);
  });

  test("are built anew when anything changes that decides how", () => {
    const cache = actions
      .flatMap(({ steps }) => steps)
      .find(({ uses }) => uses?.startsWith("actions/cache@"));
    const key = String(cache?.with.key);
    const hashed = [...key.matchAll(/'([^']+)'/g)].map(([, pattern = ""]) => pattern.replace("/**", ""));
    for (const { folder } of goModules) {
      expect(hashed.some((path) => folder.startsWith(join(repository, path)))).toBe(true);
    }
    expect(hashed).toEqual(expect.arrayContaining(["toolchain/modules.ts", "toolchain/versions.ts"]));
    expect(hashed.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
    // What a key holds never changes, and not every job builds all tools.
    expect(key).toContain("github.job");
  });
});
