import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { messageOf } from "../cli/errors";
import { Failure } from "../cli/failure";
import { Plan } from "./plan";
import { planOfPreview } from "./preview";
import { reviewedFolder, reviewedStacks } from "./reviewed";

/** Help text of the option `--plan`. */
export const planOption =
  "the plan: a folder with a file for each resource, or what `pulumi preview --json --show-sames` printed (default: the reviewed one)";

/**
 * The plan of a stack.
 *
 * @param path as `planOption` says. Default: the reviewed plan
 * @throws Failure when there is no plan at the path, or no reviewed one of the stack
 */
export function readPlan(stack: string, path?: string): Plan {
  if (path === undefined) {
    return reviewedPlan(stack);
  }
  const place = resolve(path);
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new Failure(
      `--plan: there is no ${place}. Example: --plan plan.json, which \`pulumi preview --json --show-sames > plan.json\` writes`,
    );
  }
  if (!found.isFile()) {
    return Plan.read(stack, place);
  }
  try {
    return planOfPreview(stack, readFileSync(place, "utf8"));
  } catch (error) {
    throw new Failure(`${path}: ${messageOf(error)}`);
  }
}

/** Read once: nothing that reads plans writes the reviewed ones. */
const reviewed = new Map<string, Plan>();

function reviewedPlan(stack: string): Plan {
  const stacks = reviewedStacks();
  if (!stacks.includes(stack)) {
    throw new Failure(
      existsSync(join(__dirname, "..", `Pulumi.${stack}.yaml`))
        ? `The stack "${stack}" has no reviewed plan yet: \`npm run golden\` writes those of all stacks`
        : `There is no stack "${stack}": ${stacks.join(", ")} have a reviewed plan. Example: --stack ${stacks[0] ?? "dev"}`,
    );
  }
  const plan = reviewed.get(stack) ?? Plan.read(stack, reviewedFolder(stack));
  reviewed.set(stack, plan);
  return plan;
}
