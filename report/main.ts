import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLine, run, stackOption } from "../cli/command-line";
import { understood } from "../cli/understood";
import { resultsFile } from "../drills/results";
import type { Plan } from "../model/plan";
import { planOption, readPlan } from "../model/read-plan";
import { today } from "../policies/day";
import { reportOf } from "./model/report";
import { page } from "./page";

const repository = join(__dirname, "..");

void commandLine(
  "report",
  "Writes what a stack is to build/report/<stack>.html: one page that needs nothing else.",
)
  .addOption(stackOption("which stack"))
  .option("--plan <path>", planOption)
  .action(
    run(({ stack, plan }: { readonly stack: string; readonly plan?: string }) => {
      process.stdout.write(`written to ${write(readPlan(stack, plan))}\n`);
      return true;
    }),
  )
  .parseAsync();

function write(plan: Plan): string {
  const { stack } = plan;
  const report = reportOf(plan, {
    at: new Date(today()),
    policyLevels: json(join(repository, "policies", "config", `${stack}.json`)) ?? {},
    drills: json(resultsFile(repository, stack)),
  });
  const file = join(repository, "build", "report", `${stack}.html`);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, page(report));
  return file;
}

function json<Content>(file: string): Content | undefined {
  return existsSync(file)
    ? understood(
        file,
        () => JSON.parse(readFileSync(file, "utf8")),
        "Delete it, or write it again: make drill",
      )
    : undefined;
}
