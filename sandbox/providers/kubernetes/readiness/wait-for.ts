import { isDeepStrictEqual } from "node:util";
import { isList, isObject, type Json, type JsonObject } from "../json";
import { hasCondition } from "./others";
import { type Readiness, type ReadinessRule, ready, waiting } from "./readiness";

type Expectation = (object: JsonObject) => Readiness;

const examples =
  'for example "condition=Ready", "condition=Synced=True", "jsonpath={.status.phase}=Running" or a JSON list of such';

/** The rule that the annotation `pulumi.com/waitFor` asks for. */
export function waitForRule(annotation: string): ReadinessRule {
  const expectations = expressionsOf(annotation).map(parseExpectation);
  return {
    judge: (object) =>
      expectations.map((expect) => expect(object)).find(({ state }) => state !== "ready") ?? ready,
  };
}

function expressionsOf(annotation: string): readonly string[] {
  if (!annotation.trimStart().startsWith("[")) {
    return [annotation];
  }
  try {
    const parsed: unknown = JSON.parse(annotation);
    if (Array.isArray(parsed) && parsed.length > 0 && parsed.every((one) => typeof one === "string")) {
      return parsed;
    }
  } catch {
    // Said below, together with a list of the wrong content.
  }
  throw new Error(`pulumi.com/waitFor: ${annotation} is no JSON list of expressions; ${examples}`);
}

function parseExpectation(expression: string): Expectation {
  const condition = /^condition=([^=]+)(?:=(.+))?$/.exec(expression);
  if (condition) {
    const [, type = "", status = "True"] = condition;
    return (object) =>
      hasCondition(object, type, status) ? ready : waiting(`condition ${type} is not ${status} yet`);
  }
  const jsonPath = /^jsonpath='?\{?(.+?)\}?'?(?:=([^=\]]*))?$/.exec(expression);
  if (jsonPath) {
    const [, path = "", value] = jsonPath;
    const steps = parseSteps(path.replace(/\}$/, ""));
    return (object) => {
      const found = steps.reduce<readonly Json[]>((values, step) => values.flatMap(step), [object]);
      const isMet = value === undefined ? found.length > 0 : found.some((one) => String(one) === value);
      return isMet ? ready : waiting(`${path} is ${found.length === 0 ? "not there" : found.join(", ")}`);
    };
  }
  throw new Error(`pulumi.com/waitFor: ${expression} is not understood; ${examples}`);
}

type Step = (value: Json) => readonly Json[];

/** `.a.b`, `[0]`, `[*]`, `['a']` and `[?(@.type=="Ready")]`: what kubectl's JSONPath is used for. */
function parseSteps(path: string): readonly Step[] {
  const pattern =
    /\.([\w-]+)|\[(\d+)\]|\[(\*)\]|\['([^']+)'\]|\[\?\(@\.([\w.-]+)\s*==\s*["']([^"']*)["']\)\]/y;
  const steps: Step[] = [];
  const text = path.startsWith(".") || path.startsWith("[") ? path : `.${path}`;
  for (pattern.lastIndex = 0; pattern.lastIndex < text.length; ) {
    const match = pattern.exec(text);
    if (match === null) {
      throw new Error(`pulumi.com/waitFor: the JSONPath ${path} is not understood; ${examples}`);
    }
    const [, field, index, all, quoted, filterField, filterValue] = match;
    const key = field ?? quoted;
    if (key !== undefined) {
      steps.push((value) => (isObject(value) && value[key] !== undefined ? [value[key]] : []));
    } else if (index !== undefined) {
      steps.push((value) => (isList(value) ? value.slice(Number(index), Number(index) + 1) : []));
    } else if (all !== undefined) {
      steps.push((value) => (isList(value) ? value : []));
    } else if (filterField !== undefined) {
      steps.push((value) =>
        isList(value)
          ? value.filter((item) => isObject(item) && isDeepStrictEqual(item[filterField], filterValue))
          : [],
      );
    }
  }
  return steps;
}
