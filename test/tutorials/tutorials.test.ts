import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { plannedReleases } from "../../lock/planned";
import { Plan } from "../../model/plan";
import { stacks } from "../golden/plan";
import { type Change, changesOf, edited, Followed } from "./follow";

/** What a page promises. */
interface Promised {
  readonly page: string;
  /** How many files a hand touches, at the most. */
  readonly files: number;
  /** Files of each stack's plan that come of it, as `<stack>/<file>`. */
  readonly makes?: readonly string[];
  /** Files of a plan that are not there any more. */
  readonly removes?: readonly string[];
}

const tutorials: readonly Promised[] = [
  {
    page: "add-a-service.md",
    files: 3,
    makes: [
      "dev/kubernetes.apps.v1.Deployment.atlas-signals-deployment.json",
      "dev/kubernetes.autoscaling.v2.HorizontalPodAutoscaler.atlas-signals-autoscaler.json",
      "dev/kubernetes.networking.k8s.io.v1.NetworkPolicy.local-network-atlas-ai-dev-signals.json",
    ],
  },
  {
    page: "add-a-system.md",
    files: 4,
    makes: [
      "dev/kubernetes.core.v1.Namespace.search-foundation-namespace-search.json",
      "dev/kubernetes.apps.v1.Deployment.search-api-deployment.json",
      "dev/kubernetes.networking.k8s.io.v1.Ingress.search-ingress.json",
      "dev/kubernetes.core.v1.ConfigMap.search-observability-dashboard-search.json",
      "dev/kubernetes.monitoring.coreos.com.v1.PrometheusRule.search-observability-rules-search-development.json",
      "prod/aws.eks.Cluster.search-cluster-cluster.json",
      "prod/kubernetes.apps.v1.Deployment.search-api-deployment.json",
    ],
  },
  {
    page: "add-a-cluster.md",
    files: 3,
    makes: [
      "dev/pulumi.providers.kubernetes.middleware-kubernetes.json",
      "staging/aws.eks.Cluster.middleware-cluster-cluster.json",
      "prod/linode.index.LkeCluster.middleware-cluster-lke.json",
      ...["dev", "staging", "prod"].map(
        (stack) => `${stack}/kubernetes.core.v1.Namespace.middleware-foundation-namespace-ai-middleware.json`,
      ),
    ],
    removes: ["dev/kubernetes.core.v1.Namespace.local-foundation-namespace-ai-middleware.json"],
  },
  {
    page: "add-a-node-pool.md",
    files: 1,
    makes: ["prod/aws.eks.NodeGroup.aws-gpu-experiments-group.json"],
  },
  {
    page: "take-a-system-out.md",
    files: 1,
    removes: ["dev/kubernetes.core.v1.Namespace.local-foundation-namespace-development.json"],
  },
  { page: "bump-a-chart.md", files: 1 },
  { page: "add-a-policy.md", files: 2 },
];

/** Clusters that the pages add. */
const added = ["search", "middleware"];

/** One project in which all pages have been followed: they touch different things. */
const followed = new Followed(tutorials.flatMap(({ page }) => changesOf(page)));

// Each command below runs the whole program: this only ends what hangs, on a machine that has much else to do.
jest.setTimeout(600_000);

/** Every file of the new plans, as `<stack>/<file>`. */
const planned = new Set<string>();

beforeAll(async () => {
  await followed.run("test/golden/update.ts", ...stacks);
  await followed.run("out-of-sight/main.ts");
  for (const stack of stacks) {
    const files = readdirSync(join(followed.folder, "test", "golden", "plan", stack));
    for (const file of files) planned.add(`${stack}/${file}`);
    const releases = plannedReleases(
      Plan.read(stack, join(followed.folder, "test", "golden", "plan", stack)),
    );
    for (const { cluster, inputs } of releases) {
      if (added.includes(cluster)) unlocked.push(`${stack}/${cluster}/${inputs.name}`);
    }
  }
});

afterAll(() => followed.remove());

describe.each(tutorials)("$page", ({ page, files, makes = [], removes = [] }) => {
  test("touches no more files than it may", () => {
    const touched = new Set(changesOf(page).map(({ file }) => file));
    expect(touched.size).toBeGreaterThan(0);
    expect(touched.size).toBeLessThanOrEqual(files);
  });

  test("changes the plan as it says", () => {
    expect(makes.filter((file) => !planned.has(file))).toEqual([]);
    expect(removes.filter((file) => planned.has(file))).toEqual([]);
  });
});

/** The releases that the lock lacks, as `<stack>/<cluster>/<release>`: those of the clusters that were added. */
const unlocked: string[] = [];

describe.each(stacks)("the proofs of %s", (stack) => {
  let faults: readonly { readonly fault: string; readonly rule: string }[];
  beforeAll(async () => {
    const said = await followed.run("proofs/main.ts", "--stack", stack).catch(({ stdout }) => String(stdout));
    faults = [...said.matchAll(/^(\S+: .+)\n {2}(.+)$/gm)].map(([, fault = "", rule = ""]) => ({
      fault,
      rule,
    }));
    expect(said).toMatch(new RegExp(` checks, ${faults.length} faults`));
  });

  test("name each release of a new cluster, which is to be locked", () => {
    const named = faults.flatMap(({ fault }) => {
      const [, cluster, release] = /^hygiene: (\S+): release (\S+)$/.exec(fault) ?? [];
      return cluster === undefined ? [] : [`${stack}/${cluster}/${release}`];
    });
    expect(named.length).toBeGreaterThan(0);
    expect(named.toSorted()).toEqual(
      unlocked.filter((release) => release.startsWith(`${stack}/`)).toSorted(),
    );
  });

  test("find no fault beside, but that there is nothing yet of what these make", () => {
    const missing = /which nothing makes|no pod has these labels|there is no Service/;
    const others = faults.filter(
      ({ fault, rule }) =>
        !(added.some((cluster) => fault.includes(`: ${cluster}`)) && missing.test(rule)) &&
        !/: release /.test(fault),
    );
    expect(others).toEqual([]);
  });
});

test("the chart lock is stale of the chart that was bumped and of what a moved system changes, and lacks new clusters", async () => {
  const said = await followed.run("lock/main.ts", "--check").catch(({ stderr }) => String(stderr));
  const told = [...said.matchAll(/^(\S+?)\/(\S+?)\/.+--release (\S+?)`?$/gm)];
  const stale = told.map(([, stack, cluster, release]) => `${stack}/${cluster}/${release}`);
  expect(unlocked.filter((release) => !stale.includes(release))).toEqual([]);
  const known = stale.filter((release) => !unlocked.includes(release));
  // Fluent Bit on the cluster that the AI Middleware left has none of its logs any more.
  expect(new Set(known.map((release) => release.split("/")[2]))).toEqual(
    new Set(["metrics-server", "fluent-bit"]),
  );
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
