import { messageOf } from "../../cli/errors";
import { copyProject } from "../sandbox/project-copy";
import { beginRun, removeRun } from "../sandbox/run-folder";
import { Sandbox } from "../sandbox/sandbox";
import { record, recordedFile } from "./recorded-state";

/** Brings every stack up in a sandbox of its own and keeps the states, for the test that replays them. */
async function main(): Promise<void> {
  const run = beginRun();
  const sandbox = new Sandbox(copyProject());
  const stacks = ["dev", "prod", "staging"] as const;
  try {
    for (const stack of stacks) {
      await sandbox.succeed("up", stack);
      record(sandbox.cache, stack);
      process.stdout.write(`${recordedFile(stack)}\n`);
    }
  } finally {
    removeRun(run);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});
