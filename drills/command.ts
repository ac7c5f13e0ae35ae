import { Failure } from "../cli/failure";
import { interruptible, isInterrupted } from "../cli/interruption";
import type { Reporter } from "../cli/reporter";
import { openProject, requireStack } from "../sandbox/engine/project";
import { hasState } from "../sandbox/engine/pulumi-folders";
import { type RunOptions, withSession } from "../sandbox/engine/session";
import { readState } from "../sandbox/engine/state";
import { Stopwatch } from "../sandbox/engine/stopwatch";
import { usedClusters } from "../sandbox/engine/used-clusters";
import { clusterDrills, drillsByName, engineDrills } from ".";
import type { Drill, DrillContext } from "./drill";
import { DrillCluster } from "./drill-cluster";
import { engineOf, killRuns } from "./engine";
import { poolLimits } from "./pool-limits";
import { reopenNodes } from "./restore";
import { type DrillResult, renderResult, renderResults, resultOf, writeResults } from "./results";

export interface DrillOptions extends RunOptions {
  /** Which drills; default: all. */
  readonly only: readonly string[];
}

/** Rehearses failures on a stack that is up, and tells which promises it kept. */
export async function drill(options: DrillOptions, reporter: Reporter): Promise<boolean> {
  const chosen = choose(options.only);
  const project = openProject(options.projectDirectory);
  requireStack(project, options.stack);
  if (!hasState(project, options.stack)) {
    throw new Failure(`The stack ${options.stack} is not up: make up STACK=${options.stack}`);
  }
  const drills = new Drills(options.stack);
  await interruptible({ left: drills.left, stop: killRuns }, async () => {
    const clusters = await interruptible({ left: drills.left }, () => openClusters(options, reporter));
    const context: DrillContext = { stack: options.stack, clusters, engine: engineOf(options) };
    try {
      await refuseUnlessWhole(clusters);
      for (const one of all.filter((each) => chosen.includes(each))) {
        if (isInterrupted()) break;
        reporter.step(`${one.name}: ${one.promise}`);
        await drills.run(one, context);
      }
    } finally {
      if (isInterrupted()) await drills.reopenNodes(clusters);
      for (const cluster of clusters) {
        cluster.close();
      }
    }
  });
  const { results } = drills;
  const told = { stack: options.stack, at: new Date().toISOString(), drills: results };
  const file = writeResults(options.projectDirectory, told);
  process.stdout.write(`\n${renderResults(told)}\nwritten to ${file}\n`);
  return results.every(({ passed }) => passed);
}

/** Drills as they are run, one after the other. */
class Drills {
  readonly results: DrillResult[] = [];
  private current: string | undefined;
  private nodes = "nodes may be missing or closed to pods: take the stack down and bring it up again. ";

  constructor(private readonly stack: string) {}

  async run(drill: Drill, context: DrillContext): Promise<void> {
    this.current = drill.name;
    const result = await resultOf(drill, context);
    if (isInterrupted()) return;
    this.results.push(result);
    process.stdout.write(`${renderResult(result)}\n`);
    this.current = undefined;
  }

  async reopenNodes(clusters: readonly DrillCluster[]): Promise<void> {
    await Promise.all(clusters.map(reopenNodes));
    this.nodes = "all nodes are back. ";
  }

  /** What interrupted drills have left, and what to type next. */
  readonly left = (): string => {
    const { stack, current } = this;
    const again = `make drill STACK=${stack}`;
    return current === undefined
      ? `${stack}: drill was interrupted between drills: nothing is left of them. Again: ${again}`
      : `${stack}: drill was interrupted during ${current}; ${this.nodes}Heal what else it changed: ` +
          `npm run up -- --stack ${stack} --refresh. Then: ${again}`;
  };
}

const usual = [...clusterDrills, ...engineDrills];
const all = [...usual, ...drillsByName];

function choose(only: readonly string[]): readonly Drill[] {
  const unknown = only.filter((name) => all.every((one) => one.name !== name));
  if (unknown.length > 0) {
    throw new Failure(
      `There is no drill ${unknown.join(", ")}; there are ${all.map(({ name }) => name).join(", ")}.`,
    );
  }
  return only.length === 0 ? usual : all.filter(({ name }) => only.includes(name));
}

/** The session is over before the drills begin: some of them run the engine, and only one may work on a stack. */
async function openClusters(options: RunOptions, reporter: Reporter): Promise<readonly DrillCluster[]> {
  return withSession(options, reporter, new Stopwatch(), async (session) => {
    const state = await readState(session.project, options.stack);
    const limits = poolLimits(state);
    const used = await usedClusters(session, options.stack, state);
    return Promise.all(
      used
        .filter(({ owned }) => owned)
        .map(({ identity }) => DrillCluster.open(session.clusters, identity, limits)),
    );
  });
}

/** What is broken beforehand would be blamed on the drills. */
async function refuseUnlessWhole(clusters: readonly DrillCluster[]): Promise<void> {
  const missing = (await Promise.all(clusters.map((cluster) => cluster.whole()))).flat();
  if (missing.length > 0) {
    throw new Failure(
      `Drills begin with a stack that is whole:\n${missing.map((line) => `  ${line}`).join("\n")}`,
    );
  }
}
