import { Failure } from "../cli/failure";
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
import { engineOf } from "./engine";
import { poolLimits } from "./pool-limits";
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
  const clusters = await openClusters(options, reporter);
  const context: DrillContext = { stack: options.stack, clusters, engine: engineOf(options) };
  const results: DrillResult[] = [];
  const run = async (drills: readonly Drill[]): Promise<void> => {
    for (const one of drills.filter((each) => chosen.includes(each))) {
      reporter.step(`${one.name}: ${one.promise}`);
      const result = await resultOf(one, context);
      results.push(result);
      process.stdout.write(`${renderResult(result)}\n`);
    }
  };
  try {
    await refuseUnlessWhole(clusters);
    await run(clusterDrills);
    await run(engineDrills);
    await run(drillsByName);
  } finally {
    for (const cluster of clusters) {
      cluster.close();
    }
  }
  const all = { stack: options.stack, at: new Date().toISOString(), drills: results };
  const file = writeResults(options.projectDirectory, all);
  process.stdout.write(`\n${renderResults(all)}\nwritten to ${file}\n`);
  return results.every(({ passed }) => passed);
}

function choose(only: readonly string[]): readonly Drill[] {
  const usual = [...clusterDrills, ...engineDrills];
  const all = [...usual, ...drillsByName];
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
