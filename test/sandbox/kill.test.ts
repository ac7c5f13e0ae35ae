import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { randomNumbers, seedOfRun } from "../../drills/random";
import type { Summary } from "../../sandbox/engine/summary";
import { ChangingStack } from "./changing-stack";
import { copyProject } from "./project-copy";
import { Sandbox } from "./sandbox";

/** How often an `up` is killed before one may finish: of the laptop's stack with two systems, or of a whole one. */
const kills = Number(process.env.KILLS ?? 2);
const whole = process.env.KILL_STACK;
const stack = whole ?? "dev";
const seed = seedOfRun();

jest.setTimeout(30 * 60_000);

const random = randomNumbers(seed);
let sandbox: Sandbox;
let remove: () => void = () => undefined;

/** Resources of the stack. */
let all: number;

/** A run counts its way by what it prints: a line for each resource that is done. */
const step = /^ *[-+] .* (created|deleted)\b/gm;

interface Moment {
  /** The share of what it has to do that the run has done, from 0 to 0.7: components have no line, and the end is missed. */
  readonly way: number;
  /** Milliseconds from there, so that what happens between two steps is hit too. */
  readonly pause: number;
}

interface Kill {
  /** Whether the run was still at work. */
  readonly hit: boolean;
  /** Resources that it had done. */
  readonly done: number;
}

function randomMoment(): Moment {
  return { way: 0.7 * random(), pause: Math.floor(random() * 2_000) };
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
  all = changes.create ?? 0;
});

/**
 * Kills the command line, the engine and the stand-ins, which are one process group; control planes live on.
 *
 * @param steps resources that the run has to make or delete
 */
async function killed(command: "up" | "destroy", { way, pause }: Moment, steps: number): Promise<Kill> {
  sandbox.checkpoints = "after each step";
  const run = sandbox.start(command, stack);
  sandbox.checkpoints = "at the end";
  const ended = new Promise<number | null>((done) => run.on("close", done));
  let text = "";
  const done = (): number => (text.match(step) ?? []).length;
  await new Promise<void>((reached) => {
    const look = (): void => {
      if (done() >= way * steps) {
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
  return { hit: running, done: done() };
}

afterAll(() => remove());

describe(`kill -9 of everything but the control planes of ${stack} (KILLS=${kills} SEED=${seed})`, () => {
  const moments = Array.from({ length: kills }, () => randomMoment());

  test("destroy: the next one finishes, and nothing is left", async () => {
    await killed("destroy", randomMoment(), all);
    await sandbox.succeed("destroy", stack);
    expect({
      records: sandbox.files("clouds", "clusters", "pulumi/state/.pulumi/stacks"),
      processes: sandbox.processes(),
    }).toEqual({
      records: [],
      processes: [],
    });
  });

  test("up, killed on its way again and again: the next one finishes, a further one changes nothing", async () => {
    let hits = 0;
    let left = all;
    for (const moment of moments) {
      const { hit, done } = await killed("up", moment, left);
      hits += hit ? 1 : 0;
      left -= done;
    }
    expect(hits).toBeGreaterThan(0);

    await sandbox.succeed("up", stack);

    await sandbox.succeed("up", stack);
    expect(Object.keys(sandbox.summary(stack).changes)).toEqual(["same"]);
  });
});
