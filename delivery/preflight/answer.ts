import type { z } from "zod";
import type { Surroundings } from "./surroundings";

/** What a command line answered in JSON. @throws when it failed, or said something else than its documentation has */
export async function answerOf<Shape extends z.ZodType>(
  shape: Shape,
  output: Surroundings["output"],
  program: string,
  ...words: readonly string[]
): Promise<z.infer<Shape>> {
  return shape.parse(JSON.parse(await output(program, ...words)));
}

/** What an error says, in one line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.trim().replaceAll(/\s*\n\s*/g, " ") : String(error);
}
