import { spawn } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasCode } from "../../cli/errors";
import { identify, isAlive, type ProcessIdentity } from "../../cli/process-identity";

/** A program that is to run in the background and to outlive the run that starts it. */
export interface DaemonSpec {
  readonly name: string;
  /** Absolute path. */
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where `processes/` and `logs/` are. */
  readonly folder: string;
}

interface DaemonRecord extends ProcessIdentity {
  readonly command: readonly string[];
}

const largestLog = 16 * 1024 * 1024;

/** One background process, known by a record on disk that holds its number and the moment of its start. */
export class Daemon {
  constructor(readonly spec: DaemonSpec) {}

  get log(): string {
    return join(this.spec.folder, "logs", `${this.spec.name}.log`);
  }

  private get recordFile(): string {
    return join(this.spec.folder, "processes", `${this.spec.name}.json`);
  }

  private get commandLine(): readonly string[] {
    return [this.spec.command, ...this.spec.arguments];
  }

  isRunning(): boolean {
    const record = this.record();
    return record !== undefined && isAlive(record);
  }

  /** True when it runs with another command line than is wanted now: an older version of the code or of the tool. */
  isOutdated(): boolean {
    const record = this.record();
    return (
      record !== undefined &&
      isAlive(record) &&
      JSON.stringify(record.command) !== JSON.stringify(this.commandLine)
    );
  }

  async start(): Promise<void> {
    await mkdir(join(this.spec.folder, "processes"), { recursive: true });
    await this.rotateLog();
    const log = openSync(this.log, "a", 0o600);
    try {
      const child = spawn(this.spec.command, this.spec.arguments, {
        cwd: this.spec.folder,
        detached: true,
        env: { ...this.spec.environment },
        stdio: ["ignore", log, log],
      });
      const failure = new Promise<never>((_, reject) => child.once("error", reject));
      if (child.pid === undefined) {
        await failure;
        return;
      }
      failure.catch(() => {});
      this.save(child.pid);
      child.unref();
    } finally {
      closeSync(log);
    }
  }

  /** Adopts a process that was started by a run which died before it could write the record. */
  adoptOrphan(): void {
    if (!this.isRunning()) {
      const pid = findByCommandLine(this.commandLine);
      if (pid !== undefined) {
        this.save(pid);
      }
    }
  }

  /** Asks the process to end, and after `patienceMilliseconds` no longer asks. Returns when it is gone. */
  async stop(patienceMilliseconds: number): Promise<void> {
    const record = this.record();
    if (record !== undefined) {
      await endProcess(record, patienceMilliseconds);
    }
    await rm(this.recordFile, { force: true });
  }

  /** The last lines of its log, for error messages. */
  async lastLines(count = 15): Promise<string> {
    try {
      const file = await open(this.log);
      try {
        const { size } = await file.stat();
        const length = Math.min(size, 16_384);
        const { buffer } = await file.read({ buffer: Buffer.alloc(length), position: size - length });
        return buffer.toString("utf8").trimEnd().split("\n").slice(-count).join("\n");
      } finally {
        await file.close();
      }
    } catch (error) {
      if (hasCode(error, "ENOENT")) {
        return "(no log)";
      }
      throw error;
    }
  }

  private record(): DaemonRecord | undefined {
    try {
      return JSON.parse(readFileSync(this.recordFile, "utf8"));
    } catch {
      return undefined;
    }
  }

  /** Synchronous, so that as little time as possible passes between a process's start and its record. */
  private save(pid: number): void {
    const identity = identify(pid);
    const record: DaemonRecord = { pid, started: identity?.started ?? "ended", command: this.commandLine };
    mkdirSync(join(this.spec.folder, "processes"), { recursive: true });
    writeFileSync(`${this.recordFile}.new`, JSON.stringify(record));
    renameSync(`${this.recordFile}.new`, this.recordFile);
  }

  private async rotateLog(): Promise<void> {
    await mkdir(join(this.spec.folder, "logs"), { recursive: true });
    const size = await stat(this.log).then(
      (found) => found.size,
      () => 0,
    );
    if (size > largestLog) {
      renameSync(this.log, `${this.log}.previous`);
    }
  }
}

async function endProcess(identity: ProcessIdentity, patienceMilliseconds: number): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  if (patienceMilliseconds > 0) {
    signal(identity, "SIGTERM");
    while (isAlive(identity) && performance.now() < deadline) {
      await sleep(20);
    }
  }
  while (isAlive(identity)) {
    signal(identity, "SIGKILL");
    await sleep(20);
  }
}

function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  if (isAlive(identity)) {
    try {
      process.kill(identity.pid, name);
    } catch (error) {
      if (!hasCode(error, "ESRCH")) {
        throw error;
      }
    }
  }
}

function findByCommandLine(wanted: readonly string[]): number | undefined {
  const text = `${wanted.join("\0")}\0`;
  for (const name of processNumbers()) {
    try {
      if (readFileSync(`/proc/${name}/cmdline`, "utf8") === text) {
        return Number(name);
      }
    } catch {
      // It ended between the listing and the look.
    }
  }
  return undefined;
}

function processNumbers(): readonly string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
