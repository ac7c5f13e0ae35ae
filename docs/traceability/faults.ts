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
  const { code, tests, plan, is, has, decision, weaker } = statement;
  const checked = Object.keys({ ...is, ...has }).length > 0;
  const backed = (code.length > 0 && tests.length > 0) || checked || decision !== undefined;
  return [
    ...(backed ? [] : ["neither code with a test, nor values of the plan, nor a decision"]),
    ...code.flatMap(codeFault),
    ...tests.flatMap(testFault),
    ...(decision === undefined ? [] : decisionFault(decision)),
    ...(weaker === undefined || decision !== undefined
      ? []
      : ["weaker than asked, without a decision that says why"]),
    ...(plan === undefined
      ? checked
        ? ["values, and no resource of the plan to hold them"]
        : []
      : planFaults(plan, statement, resources)),
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
  return titles(readFileSync(join(repository, path), "utf8")).some((one) => one.includes(title))
    ? []
    : [`${path} has no test whose title says "${title}"`];
}

/** What tests and groups of tests are called: the text behind `test(`, `describe(` and their like, and behind a table of `each`. */
function titles(source: string): readonly string[] {
  const named =
    /(?:\b(?:test|it|describe\w*)(?:\.\w+)*\(|\]\)?(?: as const)?\)\(|\beach(?:<[^>]*>)?\([^()]*(?:\([^()]*\)[^()]*)*\)\()\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)/g;
  return [...source.matchAll(named)].map(([, quoted, template]) => quoted ?? template ?? "");
}

/** A page tells why the program departs from the seed, and what somebody does who needs what the seed asks. */
function decisionFault(decision: string): readonly string[] {
  const file = join(repository, decision);
  if (!existsSync(file)) return [`there is no page ${decision}`];
  const text = readFileSync(file, "utf8");
  return [
    ...(/\b(?:Why|Reason)\b/.test(text) ? [] : [`${decision} does not say why`]),
    ...(/^(?:What you do instead|.*, instead:)/m.test(text)
      ? []
      : [`${decision} does not say what somebody does instead`]),
  ];
}

function planFaults(
  plan: string,
  { is, has }: Pick<Statement, "is" | "has">,
  resources: ReviewedResources,
): readonly string[] {
  const inputs = resources.find(plan);
  if (inputs === undefined) return [`the reviewed plan has no ${plan}`];
  const different = Object.entries(is).flatMap(([path, expected]) => {
    const found = valueAt(inputs, path);
    return isDeepStrictEqual(found, expected)
      ? []
      : [`${plan} has ${JSON.stringify(found)} at ${path}, not ${JSON.stringify(expected)}`];
  });
  const lacking = Object.entries(has).flatMap(([path, expected]) =>
    holds(valueAt(inputs, path), expected) ? [] : [`${plan} lacks ${JSON.stringify(expected)} at ${path}`],
  );
  return [...different, ...lacking];
}

/** Whether what was found has all of what is expected: a text its part, a list each member, an object each key. */
function holds(found: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) return expected.every((one) => holds(found, one));
  if (Array.isArray(found)) return found.some((one) => holds(one, expected));
  if (typeof found === "string" && typeof expected === "string") return found.includes(expected);
  if (typeof found === "object" && found !== null && typeof expected === "object" && expected !== null) {
    const values = new Map<string, unknown>(Object.entries(found));
    return Object.entries(expected).every(([key, value]) => holds(values.get(key), value));
  }
  return isDeepStrictEqual(found, expected);
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
