import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { silentReporter } from "../../cli/reporter";
import type { Summary } from "../../sandbox/engine/summary";
import { ensureTools } from "../../toolchain";
import type { BroughtUp } from "./brought-up";
import type { Sandbox } from "./sandbox";

export type StackName = keyof typeof pools;

/** Whole lives of all three take a quarter of an hour of two cores: STACKS=dev,prod,staging. */
const chosen = (process.env.STACKS ?? "dev").split(",");

/** Describes tests of stacks that are all chosen, else skips them. */
export function describeChosen(stacks: readonly StackName[], title: string, tests: () => void): void {
  const isChosen = stacks.every((stack) => chosen.includes(stack));
  (isChosen ? describe : describe.skip)(title, tests);
}

/** Ready nodes by pool, as C1 to C5 want them: a pool with a spot share is two node groups. */
const pools = {
  dev: { "local-ai-platform-dev": { laptop: 1 } },
  staging: { "aws-atlas-staging": { general: 3, "gpu-t4": 2 } },
  prod: {
    "aws-atlas-prod": {
      general: 9,
      "ai-compute-on-demand": 2,
      "ai-compute-spot": 4,
      "data-storage": 6,
      "gpu-a10": 4,
      "ai-spot-workers": 4,
    },
    "linode-aiaas-prod": { "baseline-production": 3, "baseline-staging": 3, gpu: 2, system: 1 },
  },
} as const;

/** How many pods stand at the least once a stack is up, without any chart at hand. */
const fewestPods = { dev: 60, staging: 100, prod: 300 } as const;

/** What keeps AI Engine's replicas: a laptop has one of each, so no budget to delete. */
const guards = {
  dev: {
    namespace: "atlas-ai-dev",
    guard: "hpa",
    named: "HorizontalPodAutoscaler atlas-ai-dev/ai-engine-hpa",
  },
  staging: { namespace: "atlas-ai-staging", guard: "pdb", named: "Deployment atlas-ai-staging/ai-engine" },
  prod: {
    namespace: "atlas-ai-production",
    guard: "pdb",
    named: "PodDisruptionBudget atlas-ai-production/ai-engine-pdb",
  },
} as const;

/** The life of a stack from its first up on, in the sandbox that `begin` gives. */
export function describeLife(stack: StackName, begin: () => Promise<BroughtUp>): void {
  let sandbox: Sandbox;
  let firstUp: Summary;

  beforeAll(async () => {
    ({ sandbox, firstUp } = await begin());
  });

  test("comes up with every pool's nodes Ready", () => {
    const { clusters, violations } = firstUp;
    const owned = clusters.filter((cluster) => cluster.owned);
    expect(Object.fromEntries(owned.map(({ cloud, name, nodes }) => [`${cloud}-${name}`, nodes]))).toEqual(
      pools[stack],
    );
    expect(clusters.flatMap(({ notReady }) => notReady)).toEqual([]);
    expect(violations.filter(({ enforcement }) => enforcement === "mandatory")).toEqual([]);
  });

  test("a preview expects no changes", async () => {
    await sandbox.succeed("preview", stack, "--expect-no-changes");
  });

  test("pods of charts and operators stand, too, and each has its node", async () => {
    const tools = await ensureTools(["kubectl"], silentReporter);
    const owned = firstUp.clusters
      .filter((cluster) => cluster.owned)
      .map(({ cloud, name }) => `${cloud}-${name}`);
    const phases = (): readonly string[] =>
      owned.flatMap((name) => {
        const kubeconfig = join(sandbox.cache, "ai-platform", "clusters", name, "kubeconfig");
        const words = ["get", "pods", "--all-namespaces", "--output", "jsonpath={.items[*].status.phase}"];
        return execFileSync(tools.kubectl, ["--kubeconfig", kubeconfig, ...words], {
          encoding: "utf8",
        }).split(" ");
      });
    while (phases().length < fewestPods[stack] || phases().includes("Pending")) {
      await sleep(1_000);
    }
    expect(phases().filter((phase) => !["Running", "Succeeded"].includes(phase))).toEqual([]);
  });

  test("preview, validate and the proofs show what somebody changed by hand; a deployment heals it, changes nothing else, and every row passes", async () => {
    const tools = await ensureTools(["kubectl"], silentReporter);
    const { kubeconfig = "" } = sandbox.summary(stack).clusters.find(({ cloud }) => cloud !== "linode") ?? {};
    const kubectl = (...words: string[]): string =>
      execFileSync(tools.kubectl, ["--kubeconfig", kubeconfig, ...words], { encoding: "utf8" });
    const { namespace, guard, named } = guards[stack];
    // Not that of Market Data, whose pod would be refused meanwhile and tried again later and later.
    kubectl("delete", "priorityclass", "data-store");
    kubectl("delete", guard, `ai-engine-${guard}`, "--namespace", namespace);
    kubectl("delete", "networkpolicy", "default-deny", "--namespace", "marketresearch");
    kubectl("patch", "storageclass", "standard", "--patch", '{"allowVolumeExpansion":false}');
    kubectl("scale", "deployment", "market-data", "--replicas", "0", "--namespace", namespace);
    // These three the proofs name.
    kubectl("delete", "networkpolicy", "ai-middleware", "--namespace", "ai-middleware");
    kubectl("delete", "priorityclass", "batch");
    const removal = '[{"op":"remove","path":"/spec/jobTemplate/spec/podFailurePolicy"}]';
    const job = ["cronjob", "elasticsearch-retention", "--namespace", "atlas-logging"];
    kubectl("patch", ...job, "--type", "json", "--patch", removal);

    const seen = await sandbox.run("preview", stack, "--expect-no-changes");
    expect(seen.code).toBe(1);
    expect(sandbox.summary(stack).changes).toMatchObject({ create: 5, update: 2 });
    const { code, output } = await sandbox.run("validate", stack);
    expect(code).toBe(1);
    for (const name of [named, `Deployment ${namespace}/market-data`, "Namespace marketresearch"]) {
      expect(output).toContain(name);
    }
    for (const fault of [
      /Deployment ai-middleware\/ai-middleware\n.*\n.*no rule of ai-middleware/,
      /CronJob marketresearch\/embedder\n.*\n.*its priority class batch is none of the cluster's/,
      /CronJob atlas-logging\/elasticsearch-retention\n.*\n.*counts as a failed attempt/,
    ]) {
      expect(output).toMatch(fault);
    }

    // How many replicas there are is the autoscaler's to say, so no deployment takes that back.
    kubectl("scale", "deployment", "market-data", "--replicas", "1", "--namespace", namespace);
    expect(await sandbox.succeed("deploy", stack)).toContain("pass  The stack came up");
    const all = Object.values(firstUp.changes).reduce((sum, count) => sum + count, 0);
    expect(sandbox.summary(stack).changes).toEqual({ same: all - 7, update: 7 });
    expect(await sandbox.succeed("validate", stack)).toContain(" 0 failed");
    expect(kubectl("get", "storageclass", "standard", "-o", "jsonpath={.allowVolumeExpansion}")).toBe("true");
  });

  test("writes its manifests", async () => {
    await sandbox.succeed("manifests", stack);
    const written = files(join(__dirname, "..", "..", "build", "manifests", stack));
    expect(written.length).toBeGreaterThan(10);
  });
}

/** Paths of the files below a folder, which need not be there. */
function files(folder: string): readonly string[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Of a sandbox whose stacks are destroyed: no control plane, nothing in the clouds, no state, no process. */
export function expectNothingLeft(sandbox: Sandbox): void {
  const root = join(sandbox.cache, "ai-platform");
  expect(files(join(root, "clusters"))).toEqual([]);
  expect(files(join(root, "clouds"))).toEqual([]);
  expect(files(join(root, "pulumi", "state")).filter((file) => file.includes("stacks"))).toEqual([]);
  expect(sandbox.processes()).toEqual([]);
}
