import { any, at, type Certainty, entries, isObject, unknown, type Value } from "../../value";
import { isWholeService } from "./actions";
import { type Statement, statementsOf } from "./document";
import { isEverybody } from "./judge";

/** Whether a policy denies everybody every request without TLS, with no further condition. */
export function deniesPlain(properties: Value): Certainty {
  const policy = at(properties, "policy");
  if (policy === unknown || properties === unknown) return "unknown";
  const given = isObject(policy) ? at(policy, "Statement") : undefined;
  if (given === unknown || (Array.isArray(given) && given.some((one: Value) => one === unknown)))
    return "unknown";
  return any(statementsOf(policy).map(denies));
}

function denies(statement: Statement): Certainty {
  const { denies: isDenial, allows, actions, notResources, condition } = statement;
  if (allows || notResources !== undefined || !coversObjects(statement)) return "no";
  const isOfAll = isEverybody(statement);
  if (!isOfAll && !(statement.principals === undefined || statement.unknown.has("principals"))) return "no";
  const isAny = actions.some((action) => isWholeService(action));
  if (!isAny && !statement.unknown.has("actions")) return "no";
  const plain = isPlain(condition);
  if (plain !== "yes") return plain;
  return isDenial && isOfAll && isAny ? "yes" : "unknown";
}

/** Tests that must all hold narrow the denial: the only one must be "without TLS". */
function isPlain(condition: Value | undefined): Certainty {
  if (condition === unknown) return "unknown";
  const operators = entries(condition);
  const [operator, tests] = operators[0] ?? [];
  if (operators.length !== 1 || !/^Bool(IfExists)?$/i.test(operator ?? "")) return "no";
  if (tests === unknown) return "unknown";
  const [key, value] = entries(tests)[0] ?? [];
  if (entries(tests).length !== 1 || key?.toLowerCase() !== "aws:securetransport") return "no";
  if (value === unknown) return "unknown";
  const values: readonly (Value | undefined)[] = Array.isArray(value) ? value : [value];
  if (values.includes(unknown)) return "unknown";
  return values.length > 0 && values.every((one) => String(one).toLowerCase() === "false") ? "yes" : "no";
}

/** Whether a denial covers all objects of a bucket. Other resources have none. */
function coversObjects({ resources }: Statement): boolean {
  const buckets = resources.filter((arn) => /^arn:[^:]*:s3/.test(arn));
  if (buckets.length === 0 || buckets.length < resources.length) return true;
  return buckets.some((arn) => /^([^/]+\/)?\*$|^[^/]+\*$/.test(arn.split(":").at(-1) ?? ""));
}
