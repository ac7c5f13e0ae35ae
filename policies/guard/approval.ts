import { isDay } from "../day";
import { isRecord } from "./plan";

/** Permission to delete or replace one resource that holds data. */
export interface Approval {
  readonly urn: string;
  readonly operation: "delete" | "replace";
  /** The last day on which it counts, UTC. */
  readonly until: string;
  readonly reason: string;
}

const example =
  '{ "urn": "urn:pulumi:prod::…::models", "operation": "replace", "until": "2027-03-31", "reason": "moves to eu-west-1, copied on the 28th" }';

/**
 * The approvals in a JSON file: a list.
 *
 * @throws Error naming the entry and the field when one is invalid
 */
export function readApprovals(text: string): readonly Approval[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new Error(`approvals must be a list, such as [${example}]`);
  return list.map(approvalOf);
}

function approvalOf(entry: unknown, index: number): Approval {
  const { urn, operation, until, reason } = isRecord(entry) ? entry : {};
  const wrong = (field: string, allowed: string): Error =>
    new Error(`approvals[${index}].${field} must be ${allowed}, as in ${example}`);
  if (typeof urn !== "string" || !urn.startsWith("urn:pulumi:")) throw wrong("urn", "the resource's URN");
  if (operation !== "delete" && operation !== "replace") throw wrong("operation", '"delete" or "replace"');
  if (typeof until !== "string" || !isDay(until)) throw wrong("until", "a date");
  if (typeof reason !== "string" || reason.trim() === "") throw wrong("reason", "a text that says why");
  return { urn, operation, until, reason };
}
