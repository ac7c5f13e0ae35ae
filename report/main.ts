import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { Plan } from "../model/plan";
import { reviewedFolder } from "../model/reviewed";
import { today } from "../policies/day";
import { run } from "../sandbox/command-line";
import { resultsFile } from "../sandbox/drills/results";
import { reportOf } from "./model/report";
import { page } from "./page";

const repository = join(__dirname, "..");

void new Command("report")
  .description("Writes what a stack is to build/report/<stack>.html: one page that needs nothing else.")
  .addOption(new Option("--stack <name>", "which stack").default("dev").env("STACK"))
  .option("--plan <folder>", "the plan, a file for each resource (default: the reviewed one)")
  .action(
    run(({ stack, plan }: { readonly stack: string; readonly plan?: string }) => {
      process.stdout.write(`written to ${write(stack, plan ? resolve(plan) : reviewedFolder(stack))}\n`);
      return true;
    }),
  )
  .parseAsync();

function write(stack: string, folder: string): string {
  const report = reportOf(Plan.read(stack, folder), {
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
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
