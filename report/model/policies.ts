import { z } from "zod";
import { catalogue } from "../../policies/catalogue";

/** A policy of the pack, at the level that a stack gives it. */
export interface ActivePolicy {
  readonly id: string;
  readonly what: string;
  readonly severity: string;
  readonly level: string;
}

const level = z.union([
  z.string(),
  z.object({ enforcementLevel: z.string() }).transform((one) => one.enforcementLevel),
]);

export function activePolicies(levels: Readonly<Record<string, unknown>>): readonly ActivePolicy[] {
  const read = (key: string): string | undefined => level.safeParse(levels[key]).data;
  return catalogue.map(({ id, what, severity, advisory }) => ({
    id,
    what,
    severity,
    level: read(id) ?? read("all") ?? (advisory ? "advisory" : "mandatory"),
  }));
}
