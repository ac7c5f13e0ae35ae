import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./steps";
import { actions, type Job, jobOf, type Step, workflowOf } from "./workflow-files";

/** What is done, in order: the name of each step, or the action that it uses, or the commands that it runs. */
function stepsOf(job: Job): readonly string[] {
  return job.steps.map(({ name, uses, run }) => name ?? uses?.replace(/@.*/, "") ?? run);
}

function stepOf(job: Job, name: string): Step {
  const found = job.steps.find((step) => step.name === name);
  if (found === undefined) throw new Error(`no step "${name}", but ${stepsOf(job).join(", ")}`);
  return found;
}

describe("a pull request", () => {
  const preview = jobOf("preview.yml", "preview");

  test("is previewed for each stack of the clouds, unless it comes from a fork", () => {
    expect(workflowOf("preview.yml").on).toEqual({ pull_request: null });
    expect(workflowOf("preview.yml").text).toContain("stack: [staging, prod]");
    expect(preview.if).toBe("github.event.pull_request.head.repo.full_name == github.repository");
  });

  test("is commented by Pulumi's action, under the stack's policies", () => {
    const { uses, with: options } = stepOf(preview, "Preview, under the policy pack");
    expect(uses).toMatch(/^pulumi\/actions@/);
    expect(options).toMatchObject({ command: "preview", policyPacks: "policies", "comment-on-pr": true });
    expect(String(options.policyPackConfigs)).toMatch(/^policies\/config\/.*\.json$/);
  });

  test("is linted, typed, tested and held to its golden plan", () => {
    expect(stepsOf(jobOf("checks.yml", "unit")).slice(-3)).toEqual([
      "npm run lint",
      "npm run typecheck",
      "npm run test:unit",
    ]);
    expect(stepsOf(jobOf("checks.yml", "golden-plan")).slice(-2)).toEqual([
      "Plan every stack and write its pages again",
      "Nothing may differ from what is in the change",
    ]);
  });

  test("is told what it means whatever failed before", () => {
    const after = [
      "Nothing that holds data may be replaced or deleted without approval",
      "Compare the golden plan and the cost with those before the change",
      "Hold the reviewed plan against what is known of clouds and software",
      "Comment what the change means",
    ];
    expect(stepsOf(preview).slice(-after.length)).toEqual(after);
    for (const name of after) expect(stepOf(preview, name).if).toContain("!cancelled()");
  });

  test("is checked out with the commit before it, to compare with", () => {
    const [checkout] = preview.steps;
    expect(checkout?.with["fetch-depth"]).toBe(2);
  });
});

describe("a merge", () => {
  test("goes to staging, and after two approvals to prod", () => {
    const { on, jobs: own } = workflowOf("deploy.yml");
    expect(on).toMatchObject({ push: { branches: ["main"] } });
    expect(own).toMatchObject({
      staging: { uses: "./.github/workflows/stack-up.yml", with: { stack: "staging" } },
      "first-approval": { needs: "staging", environment: "prod-first-approval" },
      prod: {
        needs: "first-approval",
        uses: "./.github/workflows/stack-up.yml",
        with: { stack: "prod", approvals: 2 },
      },
    });
  });

  test("is not cut off in the middle of an `up`", () => {
    expect(workflowOf("deploy.yml").concurrency?.["cancel-in-progress"]).toBe(false);
    expect(jobOf("stack-up.yml", "up").concurrency?.["cancel-in-progress"]).toBe(false);
  });

  test("counts approvals first, asks whether it runs last, and tells the auditors whatever the outcome", () => {
    const up = jobOf("stack-up.yml", "up");
    expect(stepsOf(up)).toEqual([
      "Enough people have approved",
      "actions/checkout",
      "./.github/actions/open-clouds",
      "Preflight",
      "Up, under the policy pack",
      "Smoke test",
      "Validate",
      "Tell the auditors",
      "Keep the reports",
    ]);
    expect(stepOf(up, "Up, under the policy pack").with).toMatchObject({
      command: "up",
      policyPacks: "policies",
    });
    expect(stepOf(up, "Tell the auditors").if).toBe("always()");
  });
});

test("drift is looked for by schedule, and told in one issue even when a look failed", () => {
  expect(workflowOf("drift.yml").on).toMatchObject({ schedule: [{ cron: expect.any(String) }] });
  const tell = jobOf("drift.yml", "tell");
  expect(tell).toMatchObject({ needs: "look", if: "always()" });
  expect(tell.steps.at(-1)?.run).toBe(".github/scripts/drift-issue build/drift staging prod");
});

test("the tests run by schedule under clocks that are ahead: by weeks, by more than a term of secrets, by a year", () => {
  expect(workflowOf("clock.yml").on).toMatchObject({ schedule: [{ cron: expect.any(String) }] });
  expect(workflowOf("clock.yml").text).toContain("days: [40, 100, 366]");
  expect(jobOf("clock.yml", "ahead").steps.at(-1)?.run).toBe('npm run test:clock -- --days "$DAYS"');
});

test("each quarter every drill runs, its results are kept, and an issue asks for those on the real clusters", () => {
  expect(workflowOf("drills.yml").on).toMatchObject({ schedule: [{ cron: "11 4 1 1,4,7,10 *" }] });
  const rehearse = jobOf("drills.yml", "rehearse");
  expect(stepsOf(rehearse).slice(-3)).toEqual([
    "Bring the stack up in the sandbox",
    "Run every drill",
    "Keep the results",
  ]);
  expect(stepOf(rehearse, "Run every drill").run).toBe("make drill STACK=prod");
  expect(stepOf(rehearse, "Keep the results")).toMatchObject({
    if: "always()",
    with: { path: "build/drills/" },
  });
  const ask = jobOf("drills.yml", "ask");
  expect(ask).toMatchObject({ needs: "rehearse", if: "always()" });
  expect(ask.steps.at(-1)?.run).toBe(".github/scripts/drill-issue docs/runbooks build/drills");
});

test("Trivy fails a change, by what is in the repository and by what the program makes, and looks again at night", () => {
  expect(Object.keys(workflowOf("security.yml").on)).toEqual(["pull_request", "push", "schedule"]);
  for (const id of ["repository", "objects"]) {
    const scan = jobOf("security.yml", id).steps.find(({ uses }) =>
      uses?.startsWith("aquasecurity/trivy-action@"),
    );
    expect(scan?.with).toMatchObject({ "exit-code": "1", severity: "HIGH,CRITICAL" });
  }
});

test("the policy pack is released by its tag alone, tested before, with proof of where it was built", () => {
  expect(workflowOf("release-policies.yml").on).toEqual({ push: { tags: ["policies-v*"] } });
  const release = jobOf("release-policies.yml", "release");
  expect(release).toMatchObject({ needs: "pack", environment: "release" });
  expect(stepsOf(release)).toContain("actions/attest-build-provenance");
});

test("the ML pipeline tests, validates, builds, scans, pushes and delivers, in the order of 000", () => {
  expect(workflowOf("ml-pipeline.yml").on).toMatchObject({
    workflow_call: { inputs: { workload: {}, stack: {} } },
  });
  expect(Object.keys(workflowOf("ml-pipeline.yml").jobs)).toEqual(["test", "build", "deploy"]);
  expect(jobOf("ml-pipeline.yml", "build").needs).toBe("test");
  expect(jobOf("ml-pipeline.yml", "deploy").needs).toBe("build");
  expect(stepsOf(jobOf("ml-pipeline.yml", "test")).slice(-3)).toEqual([
    "Install dependencies",
    "Run tests",
    "Validate models",
  ]);
  const inputs = workflowOf("ml-pipeline.yml").on;
  expect(inputs).toMatchObject({
    workflow_call: { inputs: { "python-version": { default: "3.11" }, deliver: { default: false } } },
  });
  expect(stepOf(jobOf("ml-pipeline.yml", "test"), "Run tests").run).toContain("--cov=");
  expect(stepOf(jobOf("ml-pipeline.yml", "build"), "Build").with).toMatchObject({
    "cache-from": "type=gha",
    "cache-to": "type=gha,mode=max",
    tags: expect.stringContaining("github.sha"),
  });
  expect(stepsOf(jobOf("ml-pipeline.yml", "build"))).toContain("docker/setup-buildx-action");
  for (const name of ["Log in to the registry", "Push what was scanned"]) {
    expect(stepOf(jobOf("ml-pipeline.yml", "build"), name).if).toBe("inputs.deliver");
  }
  expect(jobOf("ml-pipeline.yml", "deploy").if).toBe("inputs.deliver");
  const build = stepsOf(jobOf("ml-pipeline.yml", "build"));
  expect(build.filter((name) => ["Build", "Scan", "Push what was scanned"].includes(name))).toEqual([
    "Build",
    "Scan",
    "Push what was scanned",
  ]);
});

test.each(["README.md", "docs/going-to-production.md"])(
  "%s gives Pulumi the settings that CI does",
  (page) => {
    const clouds = actions.find(({ name }) => name === "open-clouds");
    const settings = [...(clouds?.text.matchAll(/"(PULUMI_\w+=\w+)" >>/g) ?? [])].map(
      ([, setting]) => setting,
    );
    expect(settings).toHaveLength(2);
    const text = readFileSync(join(repository, page), "utf8");
    expect(settings.filter((setting) => setting && !text.includes(setting))).toEqual([]);
  },
);
