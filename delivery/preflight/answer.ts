import type { z } from "zod";
import type { PreflightContext } from "./context";

/** The JSON answer of a command. @throws when it fails, or answers differently from its documentation */
export async function answerOf<Shape extends z.ZodType>(
  shape: Shape,
  output: PreflightContext["output"],
  program: string,
  ...words: readonly string[]
): Promise<z.infer<Shape>> {
  return shape.parse(JSON.parse(await output(program, ...words)));
}

/** An error's message, in one line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.trim().replaceAll(/\s*\n\s*/g, " ") : String(error);
}
