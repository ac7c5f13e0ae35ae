import { resolve } from "node:path";
import { Command, Option } from "commander";
import { Plan } from "../model/plan";
import { reviewedFolder } from "../model/reviewed";
import { run } from "../sandbox/command-line";
import { capacityOf } from "./capacity";
import { capacityText } from "./capacity-text";
import { costOf } from "./cost/cost";
import { deltaMarkdown } from "./cost/delta";
import { costText } from "./cost/text";

interface PlanOptions {
  readonly stack: string;
  readonly plan?: string;
}

const program = new Command("estimate")
  .description("Says of a stack's plan what its clusters have room for, and what it costs.")
  .showHelpAfterError();

command(
  "capacity",
  "requested against allocatable, by cluster and pool, at minimum, desired and maximum",
).action(say((options: PlanOptions) => capacityText(options.stack, capacityOf(readPlan(options)))));

command("cost", "what a stack costs a month, or what a change adds to it, as Markdown")
  .option("--base <folder>", "the plan before the change")
  .action(
    say(({ base, ...options }: PlanOptions & { readonly base?: string }) => {
      const cost = costOf(readPlan(options));
      return base ? deltaMarkdown(costOf(Plan.read(options.stack, resolve(base))), cost) : costText(cost);
    }),
  );

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .addOption(new Option("--stack <name>", "which stack").default("dev").env("STACK"))
    .option("--plan <folder>", "the plan, a file for each resource (default: the reviewed one)");
}

function readPlan({ stack, plan }: PlanOptions): Plan {
  return Plan.read(stack, plan ? resolve(plan) : reviewedFolder(stack));
}

/** The action of a command that answers in text. */
function say<Options>(answer: (options: Options) => string): (options: Options) => Promise<void> {
  return run((options) => {
    process.stdout.write(`${answer(options)}\n`);
    return true;
  });
}

void program.parseAsync();
