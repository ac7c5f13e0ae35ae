import { matches, matchesArn } from "./wildcard";

/** The values of a request, by condition key; keys ignore case. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

type Compare = (wanted: string, found: string) => boolean;

const comparisons: Readonly<Record<string, Compare>> = {
  StringEquals: (wanted, found) => wanted === found,
  StringEqualsIgnoreCase: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  StringLike: matches,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  NumericEquals: (wanted, found) => Number(found) === Number(wanted),
  NumericLessThan: (wanted, found) => Number(found) < Number(wanted),
  NumericLessThanEquals: (wanted, found) => Number(found) <= Number(wanted),
  NumericGreaterThan: (wanted, found) => Number(found) > Number(wanted),
  NumericGreaterThanEquals: (wanted, found) => Number(found) >= Number(wanted),
};

const negated: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
  NumericNotEquals: "NumericEquals",
};

/**
 * True when a request meets every condition: all operators and keys must match, and one of a key's values.
 *
 * @throws Error for an operator that is not implemented here
 */
export function meets(
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  context: Context,
): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => meetsOne(operator, wanted, known(context, key))),
  );
}

function meetsOne(written: string, wanted: readonly string[], found: readonly string[] | undefined): boolean {
  const [, set, operator = "", ifExists] =
    /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  if (operator === "Null") {
    return wanted.some((value) => (value === "true") === (found === undefined));
  }
  if (found === undefined && (ifExists !== undefined || set === "ForAllValues")) {
    return true;
  }
  const positive = negated[operator];
  const compare = comparisons[positive ?? operator];
  if (compare === undefined) {
    throw new Error(`"${written}" is no condition operator that is known here`);
  }
  const fits = (value: string): boolean =>
    wanted.some((one) => compare(one, value)) === (positive === undefined);
  if (found === undefined) {
    return positive !== undefined && set !== "ForAnyValue";
  }
  return set === "ForAllValues" || positive !== undefined ? found.every(fits) : found.some(fits);
}

function known(context: Context, key: string): readonly string[] | undefined {
  const entry = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return entry === undefined ? undefined : [entry[1]].flat();
}
