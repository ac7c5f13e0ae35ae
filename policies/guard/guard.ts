import { holdsData } from "../stateful/types";
import type { Approval } from "./approval";
import type { Step } from "./plan";

/** What a plan does to resources that hold data. */
export interface Verdict {
  /** One message for each loss without an approval. */
  readonly refused: readonly string[];
  /** One message for each approved loss, with the reason. */
  readonly approved: readonly string[];
}

/** Pulumi's names for the parts of a deletion and of a replacement. */
const operations: Readonly<Record<string, Approval["operation"]>> = {
  delete: "delete",
  discard: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  "discard-replaced": "replace",
  "read-replacement": "replace",
};

/**
 * Judges a plan: resources that hold data or are protected may be lost only with an approval that is valid on
 * this day.
 */
export function judge(steps: readonly Step[], approvals: readonly Approval[], day: string): Verdict {
  const losses = new Map<string, Approval["operation"]>();
  for (const { operation, urn, type, protect } of steps) {
    const loss = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (loss !== undefined && (protect || holdsData(type))) losses.set(urn, loss);
  }
  const refused: string[] = [];
  const approved: string[] = [];
  for (const [urn, operation] of losses) {
    const named = approvals.filter((one) => one.urn === urn && one.operation === operation);
    const inForce = named.find(({ until }) => until >= day);
    const [expired] = named;
    if (inForce) approved.push(`${operation} ${urn}: approved until ${inForce.until}: ${inForce.reason}`);
    else if (expired) refused.push(`${operation} ${urn}: its approval expired after ${expired.until}`);
    else refused.push(`${operation} ${urn}: it holds data or is protected, and no approval names it`);
  }
  return { refused, approved };
}
