/** Something that a plan would do to a resource. */
export interface Step {
  /** Pulumi's name for it, such as `replace`. */
  readonly operation: string;
  readonly urn: string;
  readonly type: string;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
}

/**
 * The steps in the output of `pulumi preview --json`: one object with all of them, or one event a line.
 *
 * @throws Error when the text is neither
 */
export function readPlan(text: string): readonly Step[] {
  const whole = parse(text);
  if (isRecord(whole)) {
    if (Array.isArray(whole.steps)) return whole.steps.map(stepOf);
    // A plan without steps leaves the list out.
    if ("changeSummary" in whole) return [];
  }
  const events = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parse);
  if (!events.some((event) => isRecord(event) && "summaryEvent" in event)) {
    throw new Error("this is no finished plan: hand over all that `pulumi preview --json` prints");
  }
  return events.flatMap((event) => {
    const metadata = isRecord(event) && isRecord(event.resourcePreEvent) && event.resourcePreEvent.metadata;
    return isRecord(metadata) ? [stepOf({ ...metadata, oldState: metadata.old })] : [];
  });
}

function stepOf(step: unknown): Step {
  const { op, urn, oldState } = isRecord(step) ? step : {};
  if (typeof op !== "string" || typeof urn !== "string") {
    throw new Error(`a step of the plan has no op or no urn: ${JSON.stringify(step)}`);
  }
  return { operation: op, urn, type: typeOf(urn), protect: isRecord(oldState) && oldState.protect === true };
}

/** `aws:s3/bucket:Bucket` of `urn:pulumi:prod::project::parent$aws:s3/bucket:Bucket::models`. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
