import { unknown, type Value } from "../value";
import type { Ports } from "./ports";
import { internetIn } from "./ranges";

/** What a rule of a firewall lets in. */
export interface Opening {
  /** In lower case; `undefined` for every protocol. */
  readonly protocol: string | undefined;
  /** Undefined for every port. */
  readonly ports: Ports | undefined;
  readonly ranges: readonly (Value | undefined)[];
}

/** The first rule that, with others for the same ports, lets in the whole internet although none does so alone. */
export function openTogether<Rule extends Opening>(
  rules: readonly Rule[],
): { readonly rule: Rule; readonly open: string } | undefined {
  const narrow = rules.filter(({ ranges }) => ranges.length > 0 && internetIn(ranges) === undefined);
  if (narrow.length < 2) return undefined;
  for (const rule of narrow) {
    const open = internetIn(narrow.filter((other) => covers(other, rule)).flatMap(({ ranges }) => ranges));
    if (open !== undefined) return { rule, open };
  }
  return undefined;
}

/** Whether a rule lets in on every port that another does; unknown ports are not counted. */
function covers(one: Opening, other: Opening): boolean {
  if (one.protocol !== undefined && one.protocol !== other.protocol) return false;
  if (one.ports === undefined) return true;
  if (other.ports === undefined) return false;
  const { from, to } = one.ports;
  const { from: first, to: last } = other.ports;
  if (from === unknown || to === unknown || first === unknown || last === unknown) return false;
  return from <= first && last <= to;
}
