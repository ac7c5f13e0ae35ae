import { z } from "zod";
import type { SystemSettings } from "../systems/section";
import type { System } from "../systems/system";

/** The `systems` section of a stack's configuration: which systems the stack runs, and where. */
export function systemsSchemaOf(systems: readonly System[]) {
  const sections: Record<string, z.ZodOptional<z.ZodType<SystemSettings>>> = Object.fromEntries(
    systems.map(({ name, section }) => [name, section.optional()]),
  );
  return z
    .strictObject(sections)
    .describe("Which systems the stack runs, and on which of its clusters. (D1, D2)");
}
