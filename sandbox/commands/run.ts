import type { EngineEvent } from "@pulumi/pulumi/automation";
import { fullDiskAdvice } from "../disk-full";
import { RunEvents } from "../engine/events";
import { type RunOptions, type Session, withSession } from "../engine/session";
import { readState } from "../engine/state";
import type { Stopwatch } from "../engine/stopwatch";
import {
  type ClusterSummary,
  inspectCluster,
  renderSummary,
  type Summary,
  summarize,
  type UsedCluster,
  writeSummary,
} from "../engine/summary";
import { usedClusters } from "../engine/used-clusters";
import { messageOf } from "../errors";
import { Failure } from "../failure";
import type { Reporter } from "../reporter";

/** What each engine operation of the sandbox is called with. */
export interface EngineCallbacks {
  readonly onOutput: (text: string) => void;
  readonly onEvent: (event: EngineEvent) => void;
  readonly color: "always" | "never";
  readonly suppressOutputs: true;
}

/**
 * Runs one engine operation in an opened stack, shows its progress, and ends with the summary, whether it succeeded
 * or not. Answers with what happened; a failed operation is not an exception, as its reasons have been shown.
 */
export async function runOperation(
  operation: Summary["operation"],
  options: RunOptions,
  reporter: Reporter,
  stopwatch: Stopwatch,
  work: (session: Session, engine: EngineCallbacks, events: RunEvents) => Promise<void>,
): Promise<{ readonly summary: Summary; readonly events: RunEvents }> {
  const events = new RunEvents();
  const summary = await withSession(options, reporter, stopwatch, async (session) => {
    const engine: EngineCallbacks = {
      onOutput: (text) => process.stdout.write(text),
      onEvent: events.record,
      color: process.stdout.isTTY ? "always" : "never",
      suppressOutputs: true,
    };
    const succeeded = await stopwatch.time("run", () =>
      attempt(() => work(session, engine, events), events, reporter),
    );
    if (events.firstResource !== undefined) {
      stopwatch.mark("to first resource", events.firstResource);
    }
    const state = await readState(session.project, options.stack).catch(() => undefined);
    const used = await usedClusters(session, options.stack, state);
    const inspect = async (cluster: UsedCluster): Promise<ClusterSummary | undefined> => {
      const { cloud, name } = cluster.identity;
      for (const death of await session.clusters.deaths(cluster.identity)) {
        reporter.warn(`${death}\nThe next run starts it again.`);
      }
      try {
        return await inspectCluster(session.clusters, cluster);
      } catch (error) {
        reporter.warn(`The API server of ${cloud} ${name} does not answer (${messageOf(error)}).`);
        return undefined;
      }
    };
    const clusters = await Promise.all(used.map(inspect));
    return summarize({
      stack: options.stack,
      operation,
      succeeded,
      events,
      state,
      clusters: clusters.filter((cluster) => cluster !== undefined),
      placeholders: session.placeholders,
      seconds: stopwatch.seconds,
    });
  });
  const file = writeSummary(options.projectDirectory, summary);
  process.stdout.write(`\n${renderSummary(summary)}\n  written to ${file}\n`);
  const advice = fullDiskAdvice(summary.errors.join("\n"));
  if (advice !== undefined) {
    reporter.warn(advice);
  }
  return { summary, events };
}

/** The engine has shown why it failed; what it did not show itself is shown here, and kept as an error of the run. */
async function attempt(work: () => Promise<void>, events: RunEvents, reporter: Reporter): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Failure) {
      reporter.step(error.message);
      events.errors.add(error.message);
    } else if (events.errors.size === 0) {
      events.errors.add(error instanceof Error ? error.message : String(error));
    }
    return false;
  }
}
