import type { Command } from "commander";
import { commandLine, run, stackOption } from "../cli/command-line";
import { planOption, readPlan } from "../model/read-plan";
import { capacityOf } from "./capacity";
import { capacityText } from "./capacity-text";
import { costOf } from "./cost/cost";
import { deltaMarkdown } from "./cost/delta";
import { costText } from "./cost/text";

interface PlanOptions {
  readonly stack: string;
  readonly plan?: string;
}

const program = commandLine(
  "estimate",
  "Says of a stack's plan what its clusters have room for, and what it costs.",
);

command(
  "capacity",
  "requested against allocatable, by cluster and pool, at minimum, desired and maximum",
).action(
  say((options: PlanOptions) =>
    capacityText(options.stack, capacityOf(readPlan(options.stack, options.plan))),
  ),
);

command("cost", "what a stack costs a month, or what a change adds to it, as Markdown")
  .option("--base <path>", "the plan before the change, as --plan has it")
  .action(
    say(({ stack, plan, base }: PlanOptions & { readonly base?: string }) => {
      const cost = costOf(readPlan(stack, plan));
      return base ? deltaMarkdown(costOf(readPlan(stack, base)), cost) : costText(cost);
    }),
  );

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .addOption(stackOption("which stack"))
    .option("--plan <path>", planOption);
}

/** The action of a command that answers in text. */
function say<Options>(answer: (options: Options) => string): (options: Options) => Promise<void> {
  return run((options) => {
    process.stdout.write(`${answer(options)}\n`);
    return true;
  });
}

void program.parseAsync();
