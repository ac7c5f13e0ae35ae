import { relative } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { fullDiskAdvice } from "../../cli/disk-full";
import { messageOf } from "../../cli/errors";
import { Failure } from "../../cli/failure";
import { interruptible } from "../../cli/interruption";
import type { Reporter } from "../../cli/reporter";
import { EngineLines } from "../engine/engine-lines";
import { RunEvents } from "../engine/events";
import { showRun } from "../engine/run-view";
import { type RunOptions, type Session, withSession } from "../engine/session";
import { readState } from "../engine/state";
import type { Stopwatch } from "../engine/stopwatch";
import {
  type ClusterSummary,
  inspectCluster,
  type Summary,
  summarize,
  type UsedCluster,
  writeSummary,
} from "../engine/summary";
import { renderSummary } from "../engine/summary-text";
import { usedClusters } from "../engine/used-clusters";

/** What each engine operation of the sandbox is called with. */
export interface EngineCallbacks {
  readonly onOutput: (text: string) => void;
  readonly onEvent: (event: EngineEvent) => void;
  readonly color: "always" | "never";
  readonly suppressOutputs: true;
  /** Interrupts the engine. */
  readonly signal: AbortSignal;
}

/** How long an engine may take to end the steps that an interruption found under way. */
const patienceMilliseconds = 8_000;

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
  const view = showRun(`${options.stack}: ${operation}`, operation === "preview", reporter);
  const lines = new EngineLines(view.write);
  const left = (): string => leftOf(operation, options.stack, events);
  const runIn = async (session: Session): Promise<Summary> => {
    const interruption = new AbortController();
    const engine: EngineCallbacks = {
      onOutput: lines.take,
      onEvent: (event) => {
        events.record(event);
        view.record(event);
      },
      color: process.stdout.isTTY ? "always" : "never",
      suppressOutputs: true,
      signal: interruption.signal,
    };
    const stop = (): void => {
      view.end();
      // The terminal has interrupted the engine too: a second time, at which it ends at once, when it takes too long.
      setTimeout(() => interruption.abort(), patienceMilliseconds).unref();
    };
    const abort = (): void => interruption.abort();
    process.once("exit", abort);
    const succeeded = await interruptible({ left, stop }, () =>
      stopwatch.time("run", () => attempt(() => work(session, engine, events), events).finally(view.end)),
    ).finally(() => process.off("exit", abort));
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
  };
  const summary = await interruptible({ left }, () => withSession(options, reporter, stopwatch, runIn));
  const file = writeSummary(options.projectDirectory, summary);
  process.stdout.write(
    `\n${renderSummary(summary, { verbose: options.verbose, file: relative(process.cwd(), file) })}\n`,
  );
  const advice = fullDiskAdvice(summary.errors.join("\n"));
  if (advice !== undefined) {
    reporter.warn(advice);
  }
  return { summary, events };
}

/** What an interrupted run has left, and what to type next. */
export function leftOf(operation: Summary["operation"], stack: string, events: RunEvents): string {
  const again = `make ${operation} STACK=${stack}`;
  if (operation === "preview")
    return `${stack}: preview was interrupted; it changes nothing. Again: ${again}`;
  const begun = events.operations.size;
  const state =
    begun === 0
      ? "before it changed any resource. Control planes that it started run on: make status"
      : `when it had begun to change ${begun} resources: the state has those that are done, and the next run does the others again`;
  const otherwise = operation === "up" ? `. Take down what there is: make destroy STACK=${stack}` : "";
  return `${stack}: ${operation} was interrupted ${state}. Continue: ${again}${otherwise}`;
}

/** The engine tells why it failed by its events; what it did not tell is kept as an error of the run. */
async function attempt(work: () => Promise<void>, events: RunEvents): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Failure) {
      events.errors.add(error.message);
    } else if (events.errors.size === 0 && !events.stoppedByPolicy) {
      events.errors.add(messageOf(error));
    }
    return false;
  }
}
