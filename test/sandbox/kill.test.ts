import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { randomNumbers, seedOfRun } from "../../sandbox/drills/random";
import type { Summary } from "../../sandbox/engine/summary";
import { ChangingStack } from "./changing-stack";
import { copyProject } from "./project-copy";
import { Sandbox } from "./sandbox";

/**
 * Each kill costs three runs: what was done before it, the run that finishes, the one that changes nothing. By default of the
 * laptop's stack with two systems. KILLS=10 with KILL_STACK=prod takes 40 minutes.
 */
const kills = Number(process.env.KILLS ?? 2);
const whole = process.env.KILL_STACK;
const stack = whole ?? "dev";
const seed = seedOfRun();

jest.setTimeout(30 * 60_000);

const random = randomNumbers(seed);
let sandbox: Sandbox;
let remove: () => void = () => undefined;

/** A run counts its way by what it prints: a line for each resource that is done. */
let steps: number;
const step = /^ *[-+] .* (created|deleted) \(/gm;

interface Moment {
  /** The share of its steps that the run has done, from 0 to 1. */
  readonly way: number;
  /** Milliseconds from there, so that what happens between two steps is hit too. */
  readonly pause: number;
}

function randomMoment(): Moment {
  return { way: random(), pause: Math.floor(random() * 2_000) };
}

/** The stack, up. */
async function begin(): Promise<Summary> {
  if (whole === undefined) {
    const lean = await ChangingStack.onLaptop();
    ({ sandbox } = lean.stack);
    remove = () => lean.stack.remove();
    return lean.firstUp;
  }
  const project = copyProject();
  sandbox = new Sandbox(project);
  remove = () => {
    sandbox.remove();
    rmSync(project, { recursive: true, force: true });
  };
  await sandbox.succeed("up", whole);
  return sandbox.summary(whole);
}

beforeAll(async () => {
  const { changes } = await begin();
  steps = changes.create ?? 0;
});

/** Kills the command line, the engine and the stand-ins, which are one process group; control planes live on. */
async function killed(command: "up" | "destroy", { way, pause }: Moment): Promise<boolean> {
  sandbox.checkpoints = "after each step";
  const run = sandbox.start(command, stack);
  sandbox.checkpoints = "at the end";
  const ended = new Promise<number | null>((done) => run.on("close", done));
  await new Promise<void>((reached) => {
    let text = "";
    const look = (): void => {
      if ((text.match(step) ?? []).length >= way * steps) {
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

afterAll(() => remove());

describe(`kill -9 of everything but the control planes of ${stack} (KILLS=${kills} SEED=${seed})`, () => {
  const moments = Array.from({ length: kills }, () => randomMoment());
  let hits = 0;

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

  test.each(moments)(
    "up, $pause ms after $way of its steps: the next one finishes, a further one changes nothing",
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
});
