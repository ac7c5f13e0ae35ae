import { rmSync } from "node:fs";
import { copyProject } from "../sandbox/project-copy";
import { Sandbox } from "../sandbox/sandbox";
import { record, recordedFile } from "./recorded-state";

/** Brings every stack up in a sandbox of its own and keeps the states, for the test that replays them. */
async function main(): Promise<void> {
  const project = copyProject();
  const sandbox = new Sandbox(project);
  const stacks = ["dev", "prod", "staging"] as const;
  try {
    for (const stack of stacks) {
      await sandbox.succeed("up", stack);
      record(sandbox.cache, stack);
      process.stdout.write(`${recordedFile(stack)}\n`);
    }
  } finally {
    sandbox.remove();
    rmSync(project, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
