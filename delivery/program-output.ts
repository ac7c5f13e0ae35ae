import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { hasCode, messageOf } from "../sandbox/errors";
import { Failure } from "../sandbox/failure";

/** Where programs that only the clouds need can be had. */
export const programHomes = {
  pulumi: "https://www.pulumi.com/docs/install",
  aws: "https://docs.aws.amazon.com/cli",
} as const;

/** What a program prints. @throws Failure when there is no such program, or when it fails, with its own words */
export async function outputOf(
  folder: string,
  program: string,
  ...words: readonly string[]
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, words, {
      cwd: folder,
      env: process.env,
      timeout: 60_000,
    });
    return stdout;
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw new Failure(messageOf(error).trim());
    const [, home] = Object.entries(programHomes).find(([name]) => name === program) ?? [];
    throw new Failure(`${program} is not on the PATH${home === undefined ? "" : `: ${home}`}`);
  }
}
