import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Change, changesOf, edited, Followed } from "./follow";

/** What a page promises. */
interface Promised {
  readonly page: string;
  /** How many files a hand touches, at the most. */
  readonly files: number;
  readonly stack: "dev" | "prod";
  /** Files of the plan that come of it, or are not there any more. */
  readonly makes?: readonly string[];
  readonly removes?: readonly string[];
}

const tutorials: readonly Promised[] = [
  {
    page: "add-a-service.md",
    files: 3,
    stack: "dev",
    makes: [
      "kubernetes.apps.v1.Deployment.atlas-signals-deployment.json",
      "kubernetes.autoscaling.v2.HorizontalPodAutoscaler.atlas-signals-autoscaler.json",
      "kubernetes.networking.k8s.io.v1.NetworkPolicy.local-network-atlas-ai-dev-signals.json",
    ],
  },
  {
    page: "add-a-system.md",
    files: 4,
    stack: "dev",
    makes: [
      "kubernetes.core.v1.Namespace.local-foundation-namespace-search.json",
      "kubernetes.apps.v1.Deployment.search-api-deployment.json",
      "kubernetes.networking.k8s.io.v1.Ingress.search-ingress.json",
      "kubernetes.core.v1.ConfigMap.local-observability-dashboard-search.json",
      "kubernetes.monitoring.coreos.com.v1.PrometheusRule.local-observability-rules-search-development.json",
    ],
  },
  {
    page: "add-a-node-pool.md",
    files: 1,
    stack: "prod",
    makes: ["aws.eks.NodeGroup.aws-gpu-experiments-group.json"],
  },
  {
    page: "take-a-system-out.md",
    files: 1,
    stack: "dev",
    removes: ["kubernetes.core.v1.Namespace.local-foundation-namespace-development.json"],
  },
  { page: "bump-a-chart.md", files: 1, stack: "dev" },
  { page: "add-a-policy.md", files: 2, stack: "dev" },
];

/** One project in which all pages have been followed: they touch different things. */
const followed = new Followed(tutorials.flatMap(({ page }) => changesOf(page)));

// Each command below runs the whole program: this only ends what hangs, on a machine that has much else to do.
jest.setTimeout(600_000);

const planned = new Map<string, readonly string[]>();

beforeAll(async () => {
  const stacks = [...new Set(tutorials.map(({ stack }) => stack))];
  await followed.run("test/golden/update.ts", ...stacks);
  await followed.run("out-of-sight/main.ts");
  for (const stack of stacks) {
    planned.set(stack, readdirSync(join(followed.folder, "test", "golden", "plan", stack)));
  }
});

afterAll(() => followed.remove());

describe.each(tutorials)("$page", ({ page, files, stack, makes = [], removes = [] }) => {
  test("touches no more files than it may", () => {
    const touched = new Set(changesOf(page).map(({ file }) => file));
    expect(touched.size).toBeGreaterThan(0);
    expect(touched.size).toBeLessThanOrEqual(files);
  });

  test("changes the plan as it says", () => {
    const plan = planned.get(stack) ?? [];
    expect(makes.filter((file) => !plan.includes(file))).toEqual([]);
    expect(removes.filter((file) => plan.includes(file))).toEqual([]);
  });
});

test.each(["dev", "prod"])("no proof finds a fault in the plan of %s", async (stack) => {
  expect(await followed.run("proofs/main.ts", "--stack", stack)).toMatch(
    / checks, 0 faults(, \d+ excepted)?\n$/,
  );
});

test("the chart lock is stale of the chart that was bumped, and of no other", async () => {
  const said = await followed.run("lock/main.ts", "--check").catch(({ stderr }) => String(stderr));
  const named = [...said.matchAll(/--release (\S+?)`?$/gm)].map(([, name]) => name);
  expect(new Set(named)).toEqual(new Set(["metrics-server"]));
});

describe("the policy that was added", () => {
  const id = "aws-repository-immutable";

  test("holds its cases, and catches its fault in production's plan", async () => {
    await followed.run(
      join("node_modules", "jest", "bin", "jest.js"),
      ...[
        "--selectProjects",
        "unit",
        "--runInBand",
        "--testNamePattern",
        id,
        "policies/catalogue",
        "policies/mutants",
      ],
    );
  });

  test("is in the pack and on its reference page", async () => {
    await followed.run("docs/generate.ts");
    const page = readFileSync(join(followed.folder, "docs", "reference", "policies.md"), "utf8");
    expect(page).toContain(`## ${id}\n`);
  });
});

test("every tutorial is followed", () => {
  const pages = readdirSync(join(__dirname, "..", "..", "docs", "tutorials"));
  expect(pages.sort()).toEqual(tutorials.map(({ page }) => page).sort());
});

describe("an edit", () => {
  const edit = (text: string): Change => ({ kind: "edit", file: "a.ts", text });

  test("adds and removes lines where the others stand", () => {
    expect(edited("one\ntwo\nthree\n", edit(" one\n-two\n+2\n three\n"))).toBe("one\n2\nthree\n");
  });

  test("is refused where its place is not there, or twice", () => {
    expect(() => edited("one\n", edit(" two\n+three\n"))).toThrow("a.ts: the page's lines are there 0 times");
    expect(() => edited("one\none\n", edit(" one\n+two\n"))).toThrow("there 2 times");
  });
});

test("a copy leaves the project as it is", () => {
  expect(existsSync(join(__dirname, "..", "..", "apps", "atlas", "signals.ts"))).toBe(false);
});
