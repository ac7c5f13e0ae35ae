import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { messageOf } from "../cli/errors";
import { Failure } from "../cli/failure";
import { Plan } from "./plan";
import { planOfPreview } from "./preview";
import { reviewedFolder } from "./reviewed";

/** Help text of the option `--plan`. */
export const planOption =
  "the plan: a folder with a file for each resource, or what `pulumi preview --json --show-sames` printed (default: the reviewed one)";

/**
 * The plan of a stack.
 *
 * @param path as `planOption` says. Default: the reviewed plan
 * @throws Failure when there is no plan at the path
 */
export function readPlan(stack: string, path = reviewedFolder(stack)): Plan {
  const place = resolve(path);
  if (!statSync(place, { throwIfNoEntry: false })?.isFile()) {
    return Plan.read(stack, place);
  }
  try {
    return planOfPreview(stack, readFileSync(place, "utf8"));
  } catch (error) {
    throw new Failure(`${path}: ${messageOf(error)}`);
  }
}
