import type { Operator } from "./operator";

/** Operators by the kinds that they act on, as `group/Kind`. */
export const operators: ReadonlyMap<string, Operator> = new Map();
