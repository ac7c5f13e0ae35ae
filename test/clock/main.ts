import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { commandLine, run } from "../../cli/command-line";
import { movedClock } from "./moved-clock";

const repository = resolve(__dirname, "..", "..");

/** The sandbox's tests that run the program over states and certificates of before; the others test what has no day. */
const sandboxTests = ["bad-input", "lifecycle-dev", "lifecycle-clouds", "rules", "upgrade"].map(
  (name) => `test/sandbox/${name}.test.ts`,
);

void commandLine(
  "test:clock",
  "Runs the tests as on another day, to find those that depend on theirs. Without names of tests: the unit suite, and those of " +
    "the sandbox's that go by the calendar. What is written in Go keeps the real clock.",
)
  .requiredOption("--days <number>", "by how many days the clock is ahead", wholeNumber)
  .argument(
    "[tests...]",
    "paths of tests and, after --, options of jest: -- test/sandbox/upgrade.test.ts -t dev",
  )
  .action((tests: readonly string[], options: { readonly days: number }) =>
    run<typeof options>(({ days }) => test(days, tests))(options),
  )
  .parseAsync();

function test(days: number, tests: readonly string[]): boolean {
  const one = ["--runInBand", "--forceExit"];
  const runs =
    tests.length > 0
      ? [[...one, ...tests]]
      : [
          ["--selectProjects", "unit"],
          ["--selectProjects", "sandbox", ...one, "--runTestsByPath", ...sandboxTests],
        ];
  const env = { ...process.env, ...movedClock(days) };
  // All of them, also when one has failed.
  return runs.map((words) => jest(words, env)).every((passed) => passed);
}

function jest(words: readonly string[], env: NodeJS.ProcessEnv): boolean {
  const binary = require.resolve("jest/bin/jest");
  return (
    spawnSync(process.execPath, [binary, ...words], { cwd: repository, env, stdio: "inherit" }).status === 0
  );
}

function wholeNumber(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Allowed is a whole number, for example 40.");
}
