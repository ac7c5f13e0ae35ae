import { commandLine, run, stackOption } from "../cli/command-line";
import { modelOf } from "../model/expand";
import { planOption, readPlan } from "../model/read-plan";
import { today } from "../policies/day";
import { proofs } from ".";
import { faultsOf, prove, render } from "./prove";

interface ProveOptions {
  readonly stack: string;
  readonly plan?: string;
}

/**
 * Checks the plan of a stack against the rules of clouds, charts and operators, without a cluster or
 * network.
 */
async function main(): Promise<void> {
  await commandLine("prove", "Says what of a stack's plan would fail on real clouds, and how to fix it.")
    .addOption(stackOption("which stack"))
    .option("--plan <path>", planOption)
    .action(
      run(({ stack, plan: path }: ProveOptions) => {
        const plan = readPlan(stack, path);
        const result = prove({ model: modelOf(plan), plan }, proofs, today());
        process.stdout.write(`${render(result)}\n`);
        return faultsOf(result).length === 0;
      }),
    )
    .parseAsync();
}

void main();
