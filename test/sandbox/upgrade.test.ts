import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { silentReporter } from "../../cli/reporter";
import { sharedWithoutPolicies } from "../../drills/changed-project";
import { todayVariable } from "../../policies/day";
import { localKubeconfig, provideLocalCluster } from "../../sandbox/engine/local-cluster";
import { simulatedClusters } from "../../simulation/clusters";
import { ensureTools, toolNames } from "../../toolchain";
import recordedOn from "../recorded-on.json";
import { moves } from "../upgrade/moves";
import { type RecordedResource, readRecorded, restore, type StoredState } from "../upgrade/recorded-state";
import { copyProject } from "./project-copy";
import { Sandbox } from "./sandbox";

/**
 * A stack that was brought up by an earlier version of the program takes the present one without losing a resource.
 * `npm run record-states` keeps the states of the present version; do that with each release.
 */
jest.setTimeout(20 * 60_000);

/** The stacks whose state a preview reads beside its own. */
const referred: Readonly<Record<string, readonly string[]>> = { staging: ["prod"] };

/** Types that every API server has. Secrets are left out: their values in a state are encrypted. */
const isBuiltIn =
  /^kubernetes:(?!core\/v1:Secret$)(core|apps|batch|autoscaling|policy|(networking|rbac\.authorization|scheduling|storage)\.k8s\.io)\//;

const sandboxes: Sandbox[] = [];
// What the policies say of the plan is asked by their own tests.
const project = copyProject(undefined, sharedWithoutPolicies);
keepManagedDatabase(join(project, "Pulumi.prod.yaml"));

afterAll(() => {
  for (const sandbox of sandboxes) {
    sandbox.remove();
  }
  rmSync(project, { recursive: true, force: true });
});

/** What a stack of the earlier version does that has a managed database: `docs/decisions/users-in-the-cluster.md`. */
function keepManagedDatabase(stackFile: string): void {
  const file = parseDocument(readFileSync(stackFile, "utf8"));
  file.setIn(["config", "ai-platform:clusters", "linode", "databases", "user-organization"], {
    managed: false,
    label: "aiaas-prod-users",
    plan: "g6-dedicated-4",
    clientCidrs: ["203.0.113.0/24"],
  });
  writeFileSync(stackFile, file.toString());
}

/** How a replayed state is previewed, other than as it was recorded. */
interface Replay {
  /** @default the day of the recorded states */
  readonly day?: string;
  /** What is done in the sandbox before. */
  readonly prepare?: (sandbox: Sandbox) => Promise<void>;
}

/**
 * Previews the present program over the state of a stack whose clouds and clusters are not there: only what the state
 * says counts, and a cluster that does not answer is not asked.
 */
async function replay(
  stack: string,
  state: StoredState,
  { day = recordedOn.day, prepare = async () => undefined }: Replay = {},
) {
  const sandbox = new Sandbox(project);
  sandboxes.push(sandbox);
  sandbox.environment[todayVariable] = day;
  restore(sandbox.cache, stack, state);
  for (const other of referred[stack] ?? []) {
    restore(sandbox.cache, other, readRecorded(other));
  }
  await prepare(sandbox);
  const output = await sandbox.succeed("preview", stack, "--no-refresh");
  sandbox.empty();
  return { changes: Object.keys(sandbox.summary(stack).changes), lost: lostResources(output), output };
}

/** Starts the laptop's cluster in a sandbox, and answers with its kubeconfig. */
async function laptopOf({ cache }: Sandbox): Promise<string> {
  const laptop = { context: "ai-platform-dev", gpu: false };
  const tools = await ensureTools(toolNames, silentReporter);
  const before = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = cache;
  try {
    await provideLocalCluster(simulatedClusters(tools, silentReporter), laptop);
    return localKubeconfig(laptop);
  } finally {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
  }
}

/** Resources that the engine says it would replace or delete, as it lists them: ` +- aws:eks:Cluster name replace`. */
function lostResources(output: string): readonly string[] {
  const lines = output.matchAll(/^ *(?:\+-|-\+|\+\+|--|-) +(\S+:\S+) (\S+) (?:replace|delete)/gm);
  return [...new Set([...lines].map(([, type, name]) => `${type} ${name}`))].sort();
}

/** Whether a loss is none of those that are meant. */
function isUnexpected(resource: string): boolean {
  return moves.every(({ resources }) => !resources.test(resource));
}

/** The state with other inputs for one type of resource. */
function withInputs(
  state: StoredState,
  type: string,
  inputs: Readonly<Record<string, unknown>>,
): StoredState {
  const change = (resource: RecordedResource): RecordedResource =>
    resource.type === type ? { ...resource, inputs: { ...resource.inputs, ...inputs } } : resource;
  const { latest } = state.checkpoint;
  const resources = latest.resources.map(change);
  return { ...state, checkpoint: { ...state.checkpoint, latest: { ...latest, resources } } };
}

test("prod: nothing would be replaced or deleted but what moves on purpose", async () => {
  const { changes, lost } = await replay("prod", readRecorded("prod"));
  expect(lost.filter(isUnexpected)).toEqual([]);
  expect(changes).toContain("same");
});

test("dev, whose cluster is there: nothing would be replaced or deleted but what moves on purpose", async () => {
  const prepare = async (sandbox: Sandbox): Promise<void> => {
    const kubeconfig = await laptopOf(sandbox);
    const items = readRecorded("dev")
      .checkpoint.latest.resources.filter(({ type }) => isBuiltIn.test(type))
      .map(({ inputs }) => inputs);
    execFileSync("kubectl", ["--kubeconfig", kubeconfig, "create", "--filename", "-"], {
      input: JSON.stringify({ apiVersion: "v1", kind: "List", items }),
    });
  };
  const { lost } = await replay("dev", readRecorded("dev"), { prepare });
  expect(lost.filter(isUnexpected)).toEqual([]);
});

test("staging on a later day: what is due is replaced, and nothing else; the preview says why and who takes it", async () => {
  const { changes, lost, output } = await replay("staging", readRecorded("staging"), { day: "2026-11-30" });
  expect(changes).toContain("same");
  expect(lost).not.toEqual([]);
  const due =
    /^random:index:RandomPassword \S+-(ai-middleware-secrets-jwt-token-secret|elasticsearch-log-writer-password)$/;
  expect(lost.filter((resource) => !due.test(resource)).filter(isUnexpected)).toEqual([]);
  expect(output).toMatch(
    /ai-middleware-secrets: new values for jwt-token-secret in \S+: made before 2026-11-27 and due since then \(every 90 days, next on 2027-02-25\)\. Its users restart or reload: ai-middleware, ai-middleware-worker\./,
  );
  expect(output).toContain("elasticsearch-log-writer: new values for password in ");
});

test("a change that would cost a resource is seen, and the resource named", async () => {
  const renamed = withInputs(readRecorded("staging"), "aws:eks/cluster:Cluster", { name: "atlas-of-old" });
  expect((await replay("staging", renamed)).lost).toContain("aws:eks:Cluster aws-cluster-cluster");
});
