import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { Failure } from "../cli/failure";
import { understood } from "../cli/understood";
import { cloudNames } from "../infra/cluster/cloud";
import { expectations } from "./cluster/clouds";
import type { Kubeconfig } from "./cluster/kubeconfig";
import { concernsOf, type LiveCluster, type SandboxLimits } from "./cluster/live-cluster";
import { ownerOf, placeInCloud, reach } from "./cluster/reach";
import { connect, prometheusOf, readState } from "./cluster/read-cluster";
import { outputOf } from "./program-output";
import { readStackFacts, type StackFacts } from "./stack-facts";

/** Which clusters a command works with. */
export interface TargetOptions {
  readonly projectDirectory: string;
  readonly stack: string;
  /** The clouds' own clusters, by the kubeconfigs in the stack's outputs; without it the sandbox's. */
  readonly clouds: boolean;
  /** Kubeconfigs by cluster, which go before all others: `aws=/path/to/kubeconfig`. */
  readonly kubeconfigs: readonly string[];
}

/** A cluster that a command can talk to. */
export interface Target {
  /** The cluster's name in stack configuration. */
  readonly placement: string;
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
  const given = new Map(options.kubeconfigs.map((text) => parseGiven(text, Object.keys(facts.clusters))));
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
  const cloud = facts.clusters[placement]?.cloud;
  if (cloud === undefined) throw new Failure(`The stack ${facts.stack} has no cluster ${placement}.`);
  const { monitoring } = concernsOf({ facts, placement });
  const state = await readState(connect(kubeconfig));
  return {
    placement,
    expected: expectations[cloud],
    facts,
    state,
    sandbox,
    query: prometheusOf(kubeconfig, monitoring),
  };
}

function parseGiven(text: string, names: readonly string[]): readonly [string, string] {
  const [name = "", ...file] = text.split("=");
  if (!names.includes(name) || file.length === 0) {
    throw new Failure(
      `--kubeconfig ${text}: it must be ${names.join(", ")} with a file, for example ${names[0]}=./kubeconfig.yaml`,
    );
  }
  return [name, file.join("=")];
}

/** The part of the sandbox's run summary that names the clusters. */
const summarySchema = z.looseObject({
  clusters: z.array(z.looseObject({ name: z.string(), cloud: z.enum(cloudNames), kubeconfig: z.string() })),
  releases: z.looseObject({ recorded: z.array(z.string()) }),
});

/** The releases of a shared LKE cluster belong to its owner, to this stack, or to both. */
function fromSandbox({ projectDirectory, stack }: TargetOptions, facts: StackFacts): Targets {
  const { clusters, releases } = summaryOf(projectDirectory, stack);
  const owners = Object.values(facts.clusters).flatMap(
    (cluster) => ownerOf(cluster)?.split("/").at(-1) ?? [],
  );
  const owned = owners.flatMap((owner) => summaryOf(projectDirectory, owner).releases.recorded);
  const standing = clusters.filter(({ kubeconfig }) => existsSync(kubeconfig));
  if (standing.length === 0) {
    throw new Failure(
      `The stack ${stack} is not up in the sandbox: make up STACK=${stack}. For the clouds' clusters add --clouds, ` +
        "or name each with --kubeconfig aws=<file>.",
    );
  }
  const targets = Object.keys(facts.clusters).flatMap((placement) => {
    const place = placeInCloud(projectDirectory, facts, placement);
    return standing
      .filter(({ cloud, name }) => cloud === place.cloud && name === place.name)
      .map(({ name, kubeconfig }) => target(placement, name, { file: kubeconfig }));
  });
  return { facts, clusters: targets, sandbox: { recordedReleases: [...releases.recorded, ...owned] } };
}

/** The sandbox's summary of its last run; undefined when there was none. */
function summaryOf(projectDirectory: string, stack: string): z.infer<typeof summarySchema> {
  const file = join(projectDirectory, "build", "summary", `${stack}.json`);
  return existsSync(file)
    ? understood(
        file,
        () => summarySchema.parse(JSON.parse(readFileSync(file, "utf8"))),
        `Each up writes it: make up STACK=${stack}`,
      )
    : { clusters: [], releases: { recorded: [] } };
}

/** The stack's outputs contain the kubeconfigs; that of a shared LKE cluster is in the owner's outputs. */
async function fromClouds({ projectDirectory, stack }: TargetOptions, facts: StackFacts): Promise<Targets> {
  const output = (name: string, of: string) =>
    outputOf(projectDirectory, "pulumi", "stack", "output", name, "--show-secrets", "--stack", of);
  const folder = mkdtempSync(join(tmpdir(), "kubeconfigs-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const clusters: Target[] = [];
  for (const [placement, cluster] of Object.entries(facts.clusters)) {
    const { name, kubeconfig } = await reach({ placement, cluster, stack, output });
    if (typeof kubeconfig !== "string") {
      clusters.push(target(placement, name, kubeconfig));
      continue;
    }
    const file = join(folder, placement);
    writeFileSync(file, kubeconfig, { mode: 0o600 });
    clusters.push(target(placement, name, { file }));
  }
  return { facts, clusters, sandbox: undefined };
}

function target(placement: string, name: string, kubeconfig: Kubeconfig): Target {
  return { placement, name: `${placement} ${name.trim()}`, kubeconfig };
}
