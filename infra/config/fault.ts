/** The way to a value: object keys and array indexes, from the part of a configuration key after `ai-platform:` on. */
export type KeyPath = readonly (string | number)[];

/** Something in a stack's configuration that a person has to change. */
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

/** A path as Pulumi's command line takes it, for example `ai-platform:aws.network.zones[0]`. */
export function keyOf(path: KeyPath): string {
  return path.reduce<string>((key, step, depth) => {
    if (typeof step === "number") return `${key}[${step}]`;
    if (depth === 0) return `${key}${step}`;
    return plainKey.test(step) ? `${key}.${step}` : `${key}["${step}"]`;
  }, "ai-platform:");
}

/** Every fault with its file and key, for the person who mends them. */
export function report(file: string, faults: readonly Fault[]): string {
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  return [`${count} in ${file}. Nothing was changed.`, ...faults.map(render)].join("\n\n");
}

function render({ path, found, problem, allowed, example }: Fault): string {
  const lines = [`  ${keyOf(path)}`, `    found:   ${found}`];
  if (problem !== undefined) lines.push(`    problem: ${problem}`);
  if (allowed !== undefined) lines.push(`    allowed: ${allowed}`);
  if (example !== undefined) lines.push(`    example: ${example}`);
  return lines.join("\n");
}
