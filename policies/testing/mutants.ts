import type { Fault, Sample } from "./cases";

/** A stack with one fault. */
export interface Mutant {
  readonly name: string;
  /** Place of the resource that is broken, and what is there instead. */
  readonly index: number;
  readonly instead: readonly Sample[];
}

/** Resources that each fault is tried on; more of the same kind would show nothing else. */
const most = 3;

/** Breaks a stack by each of some faults, one at a time. */
export function mutantsOf(samples: readonly Sample[], faults: readonly Fault[]): readonly Mutant[] {
  return faults.flatMap((fault) => {
    const broken = samples.flatMap((sample, index) => {
      // Components say nothing; what is in them does.
      const instead = sample.type.startsWith("ai-platform:") ? undefined : fault.break(sample);
      return instead ? [{ name: `${sample.name}: ${fault.name}`, index, instead }] : [];
    });
    return broken.slice(0, most);
  });
}
