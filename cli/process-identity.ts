import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * One process, and never another one that got the same number later: a process id is reused, but not
 * together with the moment at which the process started.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in the system's own form; only compared for equality. */
  readonly started: string;
}

/** The process that now has this number; undefined when there is none, or when it is only a zombie. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = process.platform === "linux" ? startOnLinux(pid) : startByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.started === identity.started;
}

/** The name of the program that a process runs, without its folder; undefined when there is no such process. */
export function programOf(pid: number): string | undefined {
  if (process.platform !== "linux") {
    return processStatus(pid, "comm=")?.split("/").at(-1);
  }
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return undefined;
  }
}

/** Memory that a process holds, in bytes; 0 when there is no such process. */
export function memoryOf(pid: number): number {
  return Number(processStatus(pid, "rss=") ?? 0) * 1024;
}

/** Identity of the process that runs this code. */
export function identifySelf(): ProcessIdentity {
  const self = identify(process.pid);
  if (self === undefined) {
    throw new Error(
      `Cannot find out when this process (${process.pid}) started: neither /proc nor ps tells.`,
    );
  }
  return self;
}

/**
 * Clock ticks since boot, from /proc/PID/stat; the command's name, which may hold anything, is skipped. A killed process
 * is a zombie at once, but keeps its ports and files until the last of its threads has ended: until then it is there.
 */
export function startFromStat(stat: string): string | undefined {
  const [state, ...fields] = stat
    .slice(stat.lastIndexOf(")") + 1)
    .trim()
    .split(" ");
  const [threads, started] = [Number(fields[16]), fields[18]];
  const isGone = state === "X" || (state === "Z" && threads <= 1);
  return isGone || started === undefined ? undefined : `${bootId()}.${started}`;
}

function startOnLinux(pid: number): string | undefined {
  try {
    return startFromStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return undefined;
  }
}

function startByPs(pid: number): string | undefined {
  const [state, ...started] = processStatus(pid, "stat=,lstart=")?.split(/\s+/) ?? [];
  return state === undefined || state.startsWith("Z") ? undefined : started.join("-");
}

/** What `ps` tells of a process; undefined when there is none. */
function processStatus(pid: number, columns: string): string | undefined {
  try {
    return execFileSync("ps", ["-o", columns, "-p", String(pid)], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}

/** Ticks since boot repeat after a reboot, the boot's own id does not. */
function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
}
