import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { randomNumbers, seedOfRun } from "../../sandbox/drills/random";
import { copyProject, repository } from "./project-copy";
import { Sandbox } from "./sandbox";

/**
 * Each kill costs three runs: what was done before it, the run that finishes, the one that changes nothing. KILLS=10 with
 * KILL_STACK=prod takes 40 minutes.
 */
const kills = Number(process.env.KILLS ?? 2);
const stack = process.env.KILL_STACK ?? "dev";
const seed = seedOfRun();

jest.setTimeout(30 * 60_000);

const project = copyProject();
const sandbox = new Sandbox(project);
const random = randomNumbers(seed);

/** A run counts its way by what it prints: a step when a resource begins, and one when it is done. */
const steps = 2 * readdirSync(join(repository, "test", "golden", "plan", stack)).length;
const step = /^ *[-+] .* (creating|created|deleting|deleted) \(/gm;

interface Moment {
  readonly after: number;
  /** Milliseconds from there, so that what happens between two steps is hit too. */
  readonly pause: number;
}

function randomMoment(): Moment {
  return { after: Math.floor(random() * steps), pause: Math.floor(random() * 2_000) };
}

/** Kills the command line, the engine and the stand-ins, which are one process group; control planes live on. */
async function killed(command: "up" | "destroy", { after, pause }: Moment): Promise<boolean> {
  sandbox.checkpoints = "after each step";
  const run = sandbox.start(command, stack);
  sandbox.checkpoints = "at the end";
  const ended = new Promise<number | null>((done) => run.on("close", done));
  await new Promise<void>((reached) => {
    let text = "";
    const look = (): void => {
      if ((text.match(step) ?? []).length >= after) {
        reached();
      }
    };
    run.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      look();
    });
    run.on("close", reached);
    look();
  });
  await sleep(pause);
  const running = run.exitCode === null && run.pid !== undefined;
  if (running) {
    process.kill(-run.pid, "SIGKILL");
  }
  await ended;
  return running;
}

afterAll(() => {
  sandbox.remove();
  rmSync(project, { recursive: true, force: true });
});

describe(`kill -9 of everything but the control planes of ${stack} (KILLS=${kills} SEED=${seed})`, () => {
  const moments = Array.from({ length: kills }, () => randomMoment());
  let hits = 0;

  test.each(moments)(
    "up, $pause ms after step $after: the next one finishes, a further one changes nothing",
    async (moment) => {
      sandbox.empty();
      hits += (await killed("up", moment)) ? 1 : 0;

      await sandbox.succeed("up", stack);

      await sandbox.succeed("up", stack);
      expect(Object.keys(sandbox.summary(stack).changes)).toEqual(["same"]);
    },
  );

  test("at least one run was still at work when it was killed", () => {
    expect(hits).toBeGreaterThan(0);
  });

  test("destroy: the next one finishes, and nothing is left", async () => {
    await killed("destroy", randomMoment());
    await sandbox.succeed("destroy", stack);
    expect({
      records: sandbox.files("clouds", "clusters", "pulumi/state/.pulumi/stacks"),
      processes: sandbox.processes(),
    }).toEqual({
      records: [],
      processes: [],
    });
  });
});
