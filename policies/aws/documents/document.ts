import { everywhere } from "../../everywhere";
import { at, isObject, unknown, type Value } from "../../value";

/** A policy document of AWS in a resource. */
export interface PolicyDocument {
  /** The property that holds it. */
  readonly path: string;
  /** Whether it says who may assume a role. */
  readonly isTrust: boolean;
  readonly statements: readonly Statement[];
}

/** A statement of a policy document, with lists where AWS takes one or many. */
export interface Statement {
  /** As messages call it: by its Sid, or by its place. */
  readonly name: string;
  readonly allows: boolean;
  readonly denies: boolean;
  /** Values that are not known are left out. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[] | undefined;
  readonly resources: readonly string[];
  readonly notResources: readonly string[] | undefined;
  /** By their kind, such as `AWS` or `Service`; `*` for everybody. Undefined in policies of identities. */
  readonly principals: ReadonlyMap<string, readonly string[]> | undefined;
  readonly isNotPrincipal: boolean;
  /** What is not known is in none of the lists. */
  readonly unknown: ReadonlySet<"actions" | "resources" | "principals">;
  readonly condition: Value | undefined;
}

/** The policy documents of a resource, given as JSON or as objects, under whatever name. */
export function documentsOf(properties: Value): readonly PolicyDocument[] {
  return everywhere(properties).flatMap(({ path, key, value }) => {
    const statements = statementsOf(value);
    return statements.length === 0 ? [] : [{ path, isTrust: /assumeRolePolicy/i.test(key), statements }];
  });
}

/** The statements of a policy document; none where it is not one. */
export function statementsOf(policy: Value | undefined): readonly Statement[] {
  const document = typeof policy === "string" ? parse(policy) : policy;
  if (!isObject(document)) return [];
  const statement = element(document, "Statement");
  const list: readonly Value[] = Array.isArray(statement) ? statement : [statement ?? null];
  return list.map(statementOf).filter((one) => one !== undefined);
}

function statementOf(statement: Value, index: number): Statement | undefined {
  if (!isObject(statement)) return undefined;
  const effect = element(statement, "Effect");
  const sid = element(statement, "Sid");
  const not = element(statement, "NotPrincipal");
  const principal = element(statement, "Principal") ?? not;
  const given: Readonly<Record<"actions" | "resources" | "principals", Value | undefined>> = {
    actions: element(statement, "Action"),
    resources: element(statement, "Resource"),
    principals: principal,
  };
  const isUnknown = (value: Value | undefined): boolean =>
    value === unknown || (Array.isArray(value) && value.some((one: Value) => one === unknown));
  return {
    name: typeof sid === "string" && sid !== "" ? `"${sid}"` : `number ${index + 1}`,
    allows: effect === "Allow",
    denies: effect === "Deny",
    actions: texts(given.actions),
    notActions: optional(element(statement, "NotAction")),
    resources: texts(given.resources),
    notResources: optional(element(statement, "NotResource")),
    principals: principal === undefined || principal === unknown ? undefined : principalsOf(principal),
    isNotPrincipal: not !== undefined && not !== unknown,
    unknown: new Set(
      (["actions", "resources", "principals"] as const).filter((part) => isUnknown(given[part])),
    ),
    condition: element(statement, "Condition"),
  };
}

function principalsOf(principal: Value): ReadonlyMap<string, readonly string[]> {
  if (!isObject(principal)) return new Map([["AWS", texts(principal)]]);
  return new Map(Object.entries(principal).map(([kind, who]) => [kind, texts(who)]));
}

/** AWS takes the names of elements in one case only; a document that has them in another is held to be meant so. */
function element(statement: Value, name: string): Value | undefined {
  const exact = at(statement, name);
  if (exact !== undefined || !isObject(statement)) return exact;
  const other = Object.keys(statement).find((key) => key.toLowerCase() === name.toLowerCase());
  return other === undefined ? undefined : at(statement, other);
}

function optional(value: Value | undefined): readonly string[] | undefined {
  return value === undefined || value === unknown ? undefined : texts(value);
}

/** The texts of an element that may hold one or a list. */
export function texts(value: Value | undefined): readonly string[] {
  const list: readonly (Value | undefined)[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === "string");
}

/** Most texts of a resource are no documents, and need not be parsed to tell. */
function parse(json: string): Value {
  if (!/^\s*\{/.test(json) || !/statement/i.test(json)) return null;
  try {
    return JSON.parse(json);
  } catch {
    // AWS refuses a policy that is no JSON, with a better message than a guess at what it was to grant.
    return null;
  }
}
