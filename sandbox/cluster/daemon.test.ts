import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identify } from "../../cli/process-identity";
import { Daemon } from "./daemon";

describe("a daemon", () => {
  let folder: string;
  const started: Daemon[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "daemon-"));
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((daemon) => daemon.stop(0)));
    await rm(folder, { recursive: true });
  });

  function daemon(script: string): Daemon {
    const made = new Daemon({
      name: "sleeper",
      command: process.execPath,
      arguments: ["-e", script, folder],
      environment: {},
      folder,
    });
    started.push(made);
    return made;
  }

  const forever = "console.log('up'); setInterval(() => {}, 1000)";

  async function recordedPid(): Promise<number> {
    return JSON.parse(await readFile(join(folder, "processes", "sleeper.json"), "utf8")).pid;
  }

  test("is known to whoever reads its record, until it is stopped", async () => {
    await daemon(forever).start();
    const other = daemon(forever);
    expect(other.isRunning()).toBe(true);
    expect(other.isOutdated()).toBe(false);
    await other.stop(2_000);
    expect(other.isRunning()).toBe(false);
  });

  test("is outdated when another command line is wanted", async () => {
    await daemon(forever).start();
    expect(daemon(`${forever}; 1`).isOutdated()).toBe(true);
  });

  test("that was killed does not count as running", async () => {
    const one = daemon(forever);
    await one.start();
    process.kill(await recordedPid(), "SIGKILL");
    while (identify(await recordedPid()) !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(one.isRunning()).toBe(false);
  });

  test("is found by its command line when whoever started it died before writing the record", async () => {
    const one = daemon(forever);
    const child = spawn(one.spec.command, one.spec.arguments, { detached: true, stdio: "ignore" });
    await new Promise((resolve) => child.once("spawn", resolve));
    expect(one.isRunning()).toBe(false);
    while (!one.isRunning()) {
      one.adoptOrphan();
    }
    expect(await recordedPid()).toBe(child.pid);
  });

  test("shows the end of what it said", async () => {
    const one = daemon(
      "for (let i = 0; i < 30; i += 1) console.log('line', i); console.error('fatal: broken')",
    );
    expect(await one.lastLines()).toBe("(no log)");
    await one.start();
    while (one.isRunning()) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await one.lastLines(2)).toBe("line 29\nfatal: broken");
  });

  test("whose program does not exist fails where it is started", async () => {
    const missing = new Daemon({
      name: "missing",
      command: join(folder, "nothing-here"),
      arguments: [],
      environment: {},
      folder,
    });
    await expect(missing.start()).rejects.toThrow("ENOENT");
  });
});
