import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cachePaths } from "./cache";
import { withLock } from "./lock";
import { identify, identifySelf, isAlive, startFromStat } from "./process-identity";

describe("withLock", () => {
  let cache: string;
  const before = process.env.XDG_CACHE_HOME;

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), "lock-"));
    process.env.XDG_CACHE_HOME = cache;
  });

  afterEach(async () => {
    process.env.XDG_CACHE_HOME = before;
    await rm(cache, { recursive: true });
  });

  test("lets one in at a time, and everybody in the end", async () => {
    let inside = 0;
    let most = 0;
    const entries: number[] = [];
    await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        withLock("door", async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setTimeout(resolve, 5));
          entries.push(index);
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(1);
    expect(entries.sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("says who holds it, once, to the one that waits", async () => {
    const heard: number[] = [];
    let release = () => {};
    let first: Promise<void> = Promise.resolve();
    await new Promise<void>((begun) => {
      first = withLock("door", () => {
        begun();
        return new Promise<void>((resolve) => (release = resolve));
      });
    });
    const second = withLock(
      "door",
      async () => "done",
      (owner) => {
        heard.push(owner.pid);
        release();
      },
    );
    await first;
    expect(await second).toBe("done");
    expect(heard).toEqual([process.pid]);
  });

  test("is free again after an error, and leaves no file", async () => {
    await expect(withLock("door", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await withLock("door", async () => 7)).toBe(7);
    expect(await readdir(cachePaths.locks())).toEqual([]);
  });

  test("passes over an owner that was killed", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    const dead = identify(child.pid ?? 0);
    expect(dead).toBeDefined();
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    await leaveTicket(`000000001_${dead?.pid}_${dead?.started}_a`);
    expect(await withLock("door", async () => "mine")).toBe("mine");
  });

  test("passes over an owner whose process number now belongs to another process", async () => {
    await leaveTicket(`000000001_${process.pid}_0-another-start_a`);
    expect(await withLock("door", async () => "mine")).toBe("mine");
  });

  async function leaveTicket(file: string): Promise<void> {
    await mkdir(join(cachePaths.locks(), "door"), { recursive: true });
    await writeFile(join(cachePaths.locks(), "door", file), "");
  }
});

describe("process identity", () => {
  test("this process is alive", () => {
    expect(isAlive(identifySelf())).toBe(true);
  });

  test("a process that started at another moment is another one", () => {
    expect(isAlive({ pid: process.pid, started: "never" })).toBe(false);
  });

  test("spaces and brackets in a command's name do not confuse", () => {
    expect(startFromStat(stat("S", 3))).toMatch(/\.4711$/);
  });

  test("a zombie is gone once the last of its threads is", () => {
    expect(startFromStat(stat("Z", 3))).toMatch(/\.4711$/);
    expect(startFromStat(stat("Z", 1))).toBeUndefined();
  });

  function stat(state: string, threads: number): string {
    return `12 (a ) b) ${state} 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 ${threads} 0 4711 20`;
  }
});
