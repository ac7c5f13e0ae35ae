/** The way to a value: object keys and array indexes; in a stack file from the part of a key after `ai-platform:` on. */
export type KeyPath = readonly (string | number)[];

/** Something in a file that a person has to change. */
export interface Fault {
  readonly path: KeyPath;
  /** What stands there now, as a person would write it. Never a secret. */
  readonly found: string;
  /** What is wrong, where `found` beside `allowed` does not say it. */
  readonly problem?: string;
  /** What may stand there. */
  readonly allowed?: string;
  /** A value that would do. */
  readonly example?: string;
}

const plainKey = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** What every key of ours in a stack file begins with. */
const stackFileRoot = "ai-platform:";

/** A path as Pulumi's command line takes it, for example `ai-platform:clusters.aws.network.zones[0]`. */
export function keyOf(path: KeyPath, root: string = stackFileRoot): string {
  return path.reduce<string>((key, step, depth) => {
    if (typeof step === "number") return `${key}[${step}]`;
    if (depth === 0) return `${key}${step}`;
    return plainKey.test(step) ? `${key}.${step}` : `${key}["${step}"]`;
  }, root);
}

/**
 * Every fault with its file and key, for the person who fixes it.
 *
 * @param root prefix of the file's keys
 */
export function report(file: string, faults: readonly Fault[], root: string = stackFileRoot): string {
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  const rendered = faults.map((fault) => render(fault, keyOf(fault.path, root)));
  return [`${count} in ${file}. Nothing was changed.`, ...rendered].join("\n\n");
}

function render({ found, problem, allowed, example }: Fault, key: string): string {
  const lines = [`  ${key || "(the whole file)"}`, `    found:   ${found}`];
  if (problem !== undefined) lines.push(`    problem: ${problem}`);
  if (allowed !== undefined) lines.push(`    allowed: ${allowed}`);
  if (example !== undefined) lines.push(`    example: ${example}`);
  return lines.join("\n");
}
