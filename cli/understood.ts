import { z } from "zod";
import { messageOf } from "./errors";
import { Failure } from "./failure";

/**
 * What a file says.
 *
 * @param read takes the file's text apart
 * @param advice what to do when it says nothing, as sentences
 * @throws Failure with the file, what is wrong with it, and the advice
 */
export function understood<Content>(file: string, read: () => Content, advice: string): Content {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error).trim();
    throw new Failure(`${file} cannot be understood: ${reason}\n${advice}`);
  }
}
