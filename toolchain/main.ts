import { commandLine, run } from "../cli/command-line";
import { compileTools } from "./compile";

void commandLine(
  "compile-tools",
  "Compiles every tool for another system, and keeps nothing: shows that a Mac can build them.",
)
  .argument("<system>", "as Go names it: darwin/arm64")
  .action(
    run(async (system: string) => {
      await compileTools(system, (line) => process.stdout.write(`${line}\n`));
      return true;
    }),
  )
  .parseAsync();
