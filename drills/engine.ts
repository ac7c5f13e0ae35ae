import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { Interruption, isInterrupted } from "../cli/interruption";
import type { RunOptions } from "../sandbox/engine/session";
import { invocation } from "../sandbox/invocation";
import { changedProject, type Settings } from "./changed-project";

/** What a run of the engine came to. */
export interface EngineRun {
  readonly succeeded: boolean;
  readonly output: string;
}

/** A run that is still at work. */
export interface RunningEngine {
  /** Fulfilled when the engine itself is at work, or the run is over. */
  readonly begun: Promise<void>;
  readonly ended: Promise<EngineRun>;
  /** `kill -9` of the command line, the engine and the stand-ins; control planes live on. */
  kill(): void;
}

type Command = "up" | "preview" | "destroy";

/** Runs of the sandbox's own commands on the stack under drill, each in a process of its own, as its user has them. */
export interface Engine {
  run(command: Command, ...options: readonly string[]): Promise<EngineRun>;
  start(command: Command, ...options: readonly string[]): RunningEngine;
  /** Works with an engine whose stack has other settings, `ai-platform:rotate` for example. */
  changed<Result>(settings: Settings, work: (engine: Engine) => Promise<Result>): Promise<Result>;
}

/** The sandbox's command line for one stack. */
export function engineOf(options: RunOptions): Engine {
  const start = (command: Command, ...more: readonly string[]): RunningEngine =>
    runningEngine(invocation(options.processes.main, command, options, ...more));
  return {
    start,
    run: (command, ...more) => start(command, ...more).ended,
    changed: async (settings, work) => {
      const folder = changedProject(options.projectDirectory, options.stack, settings);
      try {
        return await work(engineOf({ ...options, projectDirectory: folder }));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Runs at work. They are process groups of their own, which an interruption at the terminal does not reach. */
const atWork = new Set<ChildProcess>();

/** Kills all runs that are at work; control planes live on. */
export function killRuns(): void {
  for (const child of atWork) killGroup(child);
}

function runningEngine(words: readonly string[]): RunningEngine {
  if (isInterrupted()) throw new Interruption("the drills were interrupted");
  const child = spawn(process.execPath, words, {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  if (atWork.size === 0) process.on("exit", killRuns);
  atWork.add(child);
  child.once("close", () => {
    atWork.delete(child);
    if (atWork.size === 0) process.off("exit", killRuns);
  });
  return { begun: begunBy(child), ended: endOf(child), kill: () => killGroup(child) };
}

/** The engine's progress has lines that begin with an at sign: `@ updating....`. */
function begunBy(child: ChildProcess): Promise<void> {
  return new Promise((begun) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      if (/^@ /m.test(chunk.toString())) {
        begun();
      }
    });
    child.once("close", () => begun());
    child.once("error", () => begun());
  });
}

function endOf(child: ChildProcess): Promise<EngineRun> {
  return new Promise((done, failed) => {
    const chunks: string[] = [];
    const keep = (chunk: Buffer): void => {
      chunks.push(chunk.toString());
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.once("error", failed);
    child.once("close", (code) => done({ succeeded: code === 0, output: chunks.join("") }));
  });
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) {
    process.kill(-pid, "SIGKILL");
  }
}
