import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ReviewedResources } from "./reviewed-resources";
import type { Statement } from "./statements";

const repository = join(__dirname, "../..");

/**
 * What is wrong with a statement's evidence; nothing when all of it is there. A statement needs code and a test, or values
 * of the reviewed plan, which a test of its own keeps, or a decision.
 */
export function faultsOf(statement: Statement, resources: ReviewedResources): readonly string[] {
  const { code, tests, plan, is, decision } = statement;
  const checked = Object.keys(is).length > 0;
  const backed = (code.length > 0 && tests.length > 0) || checked || decision !== undefined;
  return [
    ...(backed ? [] : ["neither code with a test, nor values of the plan, nor a decision"]),
    ...code.flatMap(codeFault),
    ...tests.flatMap(testFault),
    ...(decision === undefined ? [] : decisionFault(decision)),
    ...(plan === undefined
      ? checked
        ? ["values, and no resource of the plan to hold them"]
        : []
      : planFaults(plan, is, resources)),
  ].map((fault) => `${statement.seed} "${statement.says}": ${fault}`);
}

function codeFault(reference: string): readonly string[] {
  const [path = "", symbol] = reference.split(" ");
  if (!existsSync(join(repository, path))) return [`there is no file ${path}`];
  if (symbol === undefined) return [];
  const text = readFileSync(join(repository, path), "utf8");
  return text.includes(symbol) ? [] : [`${path} has no ${symbol}`];
}

function testFault(reference: string): readonly string[] {
  const [path = "", title = ""] = reference.split(/: (.*)/s);
  if (!existsSync(join(repository, path))) return [`there is no file ${path}`];
  return readFileSync(join(repository, path), "utf8").includes(title)
    ? []
    : [`${path} has no test whose title says "${title}"`];
}

function decisionFault(decision: string): readonly string[] {
  return existsSync(join(repository, decision)) ? [] : [`there is no page ${decision}`];
}

function planFaults(plan: string, is: Statement["is"], resources: ReviewedResources): readonly string[] {
  const inputs = resources.find(plan);
  if (inputs === undefined) return [`the reviewed plan has no ${plan}`];
  return Object.entries(is).flatMap(([path, expected]) => {
    const found = valueAt(inputs, path);
    return isDeepStrictEqual(found, expected)
      ? []
      : [`${plan} has ${JSON.stringify(found)} at ${path}, not ${JSON.stringify(expected)}`];
  });
}

/** Paths of the first container are long in every workload. */
const containerPath = "spec.template.spec.containers.0";

/** The value at a path; a member of a list is told by its number or its name. */
function valueAt(root: unknown, path: string): unknown {
  const [first, ...rest] = path.split(".");
  const steps = first === "container" ? [...containerPath.split("."), ...rest] : path.split(".");
  return walk(root, steps);
}

function walk(value: unknown, steps: readonly string[]): unknown {
  if (steps.length === 0) return value;
  if (Array.isArray(value)) {
    const [step = "", ...rest] = steps;
    const member = /^\d+$/.test(step)
      ? value[Number(step)]
      : value.find(
          (one: unknown) => typeof one === "object" && one !== null && "name" in one && one.name === step,
        );
    return walk(member, rest);
  }
  if (typeof value !== "object" || value === null) return undefined;
  // Keys such as annotations have dots of their own: the longest that is there is meant.
  for (let length = steps.length; length > 0; length -= 1) {
    const key = steps.slice(0, length).join(".");
    const own = Object.entries(value).find(([name]) => name === key);
    if (own !== undefined) return walk(own[1], steps.slice(length));
  }
  return undefined;
}
