import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { Failure } from "../cli/failure";
import type { Kubeconfig } from "./cluster/kubeconfig";
import { concernsOf, type LiveCluster, type Placement, type SandboxLimits } from "./cluster/live-cluster";
import { connect, prometheusOf, readState } from "./cluster/read-cluster";
import { outputOf } from "./program-output";
import { readStackFacts, type StackFacts } from "./stack-facts";

const placements = ["aws", "linode", "local"] as const satisfies readonly Placement[];

/** The clusters that a command works with. */
export interface TargetOptions {
  readonly projectDirectory: string;
  readonly stack: string;
  /** The clouds' own clusters, by the kubeconfigs in the stack's outputs; without it the sandbox's. */
  readonly clouds: boolean;
  /** Kubeconfigs by placement, which take precedence: `aws=/path/to/kubeconfig`. */
  readonly kubeconfigs: readonly string[];
}

/** A cluster that a command can talk to. */
export interface Target {
  readonly placement: Placement;
  /** `aws atlas-prod` */
  readonly name: string;
  readonly kubeconfig: Kubeconfig;
}

/** The clusters of a stack, with what they have in common. */
export interface Targets {
  readonly facts: StackFacts;
  readonly clusters: readonly Target[];
  /** Undefined for the clouds' own clusters. */
  readonly sandbox: SandboxLimits | undefined;
}

/** Finds the stack's clusters. @throws Failure that says what to do when there are none */
export async function findTargets(options: TargetOptions): Promise<Targets> {
  const facts = readStackFacts(options.projectDirectory, options.stack);
  const given = new Map(options.kubeconfigs.map(parseGiven));
  if (given.size > 0) {
    const clusters = [...given].map(([placement, file]) => target(placement, file, { file }));
    return { facts, clusters, sandbox: undefined };
  }
  return options.clouds ? fromClouds(options, facts) : fromSandbox(options, facts);
}

/** A cluster in the form that rows check, read now. */
export async function read(
  { placement, kubeconfig }: Target,
  { facts, sandbox }: Targets,
): Promise<LiveCluster> {
  const { monitoring } = concernsOf({ facts, placement });
  const state = await readState(connect(kubeconfig));
  return { placement, facts, state, sandbox, query: prometheusOf(kubeconfig, monitoring) };
}

function parseGiven(text: string): readonly [Placement, string] {
  const [name, ...file] = text.split("=");
  const placement = placements.find((one) => one === name);
  if (placement === undefined || file.length === 0) {
    throw new Failure(
      `--kubeconfig ${text}: it must be ${placements.join(", ")} with a file, for example aws=./atlas-prod.yaml`,
    );
  }
  return [placement, file.join("=")];
}

/** The part of the sandbox's run summary that names the clusters. */
const summarySchema = z.looseObject({
  clusters: z.array(z.looseObject({ name: z.string(), cloud: z.enum(placements), kubeconfig: z.string() })),
  releases: z.looseObject({ recorded: z.array(z.string()) }),
});

/** The releases of a shared LKE cluster belong to its owner, to this stack, or to both. */
function fromSandbox({ projectDirectory, stack }: TargetOptions, facts: StackFacts): Targets {
  const { clusters, releases } = summaryOf(projectDirectory, stack);
  const owner = facts.linode?.cluster.stack?.split("/").at(-1);
  const owned = owner === undefined ? [] : summaryOf(projectDirectory, owner).releases.recorded;
  const standing = clusters.filter(({ kubeconfig }) => existsSync(kubeconfig));
  if (standing.length === 0) {
    throw new Failure(
      `The stack ${stack} is not up in the sandbox: make up STACK=${stack}. For the clouds' clusters add --clouds, ` +
        "or name each with --kubeconfig aws=<file>.",
    );
  }
  return {
    facts,
    clusters: standing.map(({ cloud, name, kubeconfig }) => target(cloud, name, { file: kubeconfig })),
    sandbox: { recordedReleases: [...releases.recorded, ...owned] },
  };
}

/** The sandbox's summary of its last run; undefined when there was none. */
function summaryOf(projectDirectory: string, stack: string): z.infer<typeof summarySchema> {
  const file = join(projectDirectory, "build", "summary", `${stack}.json`);
  return existsSync(file)
    ? summarySchema.parse(JSON.parse(readFileSync(file, "utf8")))
    : { clusters: [], releases: { recorded: [] } };
}

/** The stack's outputs contain the kubeconfigs; that of a shared LKE cluster is in the owner's outputs. */
async function fromClouds({ projectDirectory, stack }: TargetOptions, facts: StackFacts): Promise<Targets> {
  const output = (name: string, of: string) =>
    outputOf(projectDirectory, "pulumi", "stack", "output", name, "--show-secrets", "--stack", of);
  const folder = mkdtempSync(join(tmpdir(), "kubeconfigs-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const keep = (placement: Placement, kubeconfig: string): Kubeconfig => {
    const file = join(folder, placement);
    writeFileSync(file, kubeconfig, { mode: 0o600 });
    return { file };
  };
  const { aws, linode, local } = facts;
  const clusters: Target[] = [];
  if (aws) {
    clusters.push(target("aws", aws.cluster.name, keep("aws", await output("awsKubeconfig", stack))));
  }
  if (linode) {
    const owner = linode.cluster.stack ?? stack;
    const kubeconfig = plain(await output("linodeKubeconfig", owner));
    clusters.push(target("linode", await output("linodeClusterName", owner), keep("linode", kubeconfig)));
  }
  if (local) {
    const file = process.env.KUBECONFIG || join(homedir(), ".kube", "config");
    clusters.push(target("local", local.context, { file, context: local.context }));
  }
  return { facts, clusters, sandbox: undefined };
}

/** Linode encodes kubeconfigs in base64. */
function plain(kubeconfig: string): string {
  return kubeconfig.includes("apiVersion") ? kubeconfig : Buffer.from(kubeconfig, "base64").toString("utf8");
}

function target(placement: Placement, name: string, kubeconfig: Kubeconfig): Target {
  return { placement, name: `${placement} ${name.trim()}`, kubeconfig };
}
