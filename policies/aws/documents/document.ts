import { everywhere } from "../../everywhere";
import { at, isObject, unknown, type Value } from "../../value";

/** An AWS policy document in a resource. */
export interface PolicyDocument {
  /** The property that contains it. */
  readonly path: string;
  /** Whether it says who may assume a role. */
  readonly isTrust: boolean;
  readonly statements: readonly Statement[];
}

/** A statement of a policy document, always with lists where AWS accepts one value or many. */
export interface Statement {
  /** Its name in messages: its Sid, otherwise its position. */
  readonly name: string;
  readonly allows: boolean;
  readonly denies: boolean;
  /** Unknown values are left out. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[] | undefined;
  readonly resources: readonly string[];
  readonly notResources: readonly string[] | undefined;
  /** By type, such as `AWS` or `Service`; `*` stands for everybody. Undefined in policies of identities. */
  readonly principals: ReadonlyMap<string, readonly string[]> | undefined;
  readonly isNotPrincipal: boolean;
  /** Elements that are unknown; they are in none of the lists. */
  readonly unknown: ReadonlySet<"actions" | "resources" | "principals">;
  readonly condition: Value | undefined;
}

/** The policy documents of a resource, as JSON or as objects, in any property. */
export function documentsOf(properties: Value): readonly PolicyDocument[] {
  if (!isObject(properties)) return [];
  const before = read.get(properties);
  if (before) return before;
  const documents = documentsIn(properties);
  read.set(properties, documents);
  return documents;
}

const read = new WeakMap<object, readonly PolicyDocument[]>();

function documentsIn(properties: Value): readonly PolicyDocument[] {
  return everywhere(properties).flatMap(({ path, key, value }) => {
    const statements = statementsOf(value);
    return statements.length === 0 ? [] : [{ path, isTrust: /assumeRolePolicy/i.test(key), statements }];
  });
}

/** The statements of a policy document; none when it is not a policy document. */
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

/**
 * AWS accepts the names of elements in one spelling only; other spellings are read as if they were that one.
 */
function element(statement: Value, name: string): Value | undefined {
  const exact = at(statement, name);
  if (exact !== undefined || !isObject(statement)) return exact;
  const other = Object.keys(statement).find((key) => key.toLowerCase() === name.toLowerCase());
  return other === undefined ? undefined : at(statement, other);
}

function optional(value: Value | undefined): readonly string[] | undefined {
  return value === undefined || value === unknown ? undefined : texts(value);
}

/** The texts of an element that contains one or a list. */
export function texts(value: Value | undefined): readonly string[] {
  const list: readonly (Value | undefined)[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === "string");
}

/** Skips texts that cannot be documents, because parsing is slow. */
function parse(json: string): Value {
  if (!/^\s*\{/.test(json) || !/statement/i.test(json)) return null;
  try {
    return JSON.parse(json);
  } catch {
    // AWS refuses a policy that is not JSON, with a better message than we could give.
    return null;
  }
}
