import type { z } from "zod";
import { at, isRecord, listAt, mapAt, some, textAt, textsAt } from "./read";
import type { requirement } from "./selector";

export interface Selection {
  /** Selected labels; undefined where only expressions select. Empty selects everything. */
  readonly labels?: Record<string, string>;
  readonly expressions?: z.infer<typeof requirement>[];
}

/**
 * What a label selector selects: an expression that allows one value becomes a label. Undefined without a
 * selector, which selects nothing.
 */
export function selectionAt(value: unknown, ...path: readonly string[]): Selection | undefined {
  const selector = at(value, ...path);
  if (!isRecord(selector)) {
    return undefined;
  }
  const expressions = listAt(selector, "matchExpressions").map((one) => ({
    key: textAt(one, "key") ?? "",
    operator: textAt(one, "operator") ?? "",
    values: some(textsAt(one, "values")),
  }));
  const plain = expressions.filter(({ operator, values }) => operator === "In" && values?.length === 1);
  const others = expressions.filter((one) => !plain.includes(one));
  const labels = {
    ...mapAt(selector, "matchLabels"),
    ...Object.fromEntries(plain.map(({ key, values }) => [key, values?.[0] ?? ""])),
  };
  return others.length > 0
    ? { ...(Object.keys(labels).length > 0 && { labels }), expressions: others }
    : { labels };
}
