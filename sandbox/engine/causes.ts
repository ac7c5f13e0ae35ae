import type { Violation } from "./events";

/**
 * What the engine says of a step that it did not finish because another one had failed before: true of a hundred resources at
 * once, and never the reason.
 */
const consequences: readonly RegExp[] = [
  /the client connection is closing/,
  /context canceled/,
  /code = Canceled/,
  /code = Unavailable desc = (error reading from server|transport is closing)/,
  /^resource monitor shut down/,
  /^(update|preview|destroy) (failed|canceled|cancelled)$/,
  /could not be destroyed as one of its dependents/,
];

/** Why a run failed, each reason once: its errors without their consequences, and the policies that stop it. */
export function causesOf(errors: Iterable<string>, violations: readonly Violation[]): readonly string[] {
  const all = [...errors];
  const reasons = all.filter((error) => !consequences.some((pattern) => pattern.test(error)));
  const stopping = violations
    .filter(({ enforcement }) => enforcement === "mandatory")
    .map(({ policy, resource, message }) => `${policy}: ${nameOf(resource)}${message}`);
  const found = [...new Set([...reasons, ...stopping])];
  // Where there is nothing else, a consequence is better than silence.
  return found.length > 0 ? found : [...new Set(all)];
}

/** `aws:s3/bucket:Bucket models: ` of a URN; nothing for the stack as a whole. */
function nameOf(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  const type = types.split("$").at(-1) ?? "";
  return name === "" || type === "pulumi:pulumi:Stack" ? "" : `${type} ${name}: `;
}
