import { Command } from "commander";
import { run } from "../cli/command-line";
import { compileTools } from "./compile";

void new Command("compile-tools")
  .description("Compiles every tool for another system, and keeps nothing: shows that a Mac can build them.")
  .argument("<system>", "as Go names it: darwin/arm64")
  .action(
    run(async (system: string) => {
      await compileTools(system, (line) => process.stdout.write(`${line}\n`));
      return true;
    }),
  )
  .parseAsync();
