import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { hasCode, messageOf } from "../cli/errors";
import { Failure } from "../cli/failure";

/** Where to get programs that only the clouds need. */
export const programHomes = {
  pulumi: "https://www.pulumi.com/docs/install",
  aws: "https://docs.aws.amazon.com/cli",
  rclone: "https://rclone.org/install",
} as const;

/** Runs a program without a time limit. @throws Failure like {@link outputOf} */
export async function carryOut(folder: string, program: string, ...words: readonly string[]): Promise<void> {
  await execute(folder, program, words, 0);
}

/**
 * The output of a program, within a minute. @throws Failure when it does not exist, or with its own message
 * when it fails
 */
export async function outputOf(
  folder: string,
  program: string,
  ...words: readonly string[]
): Promise<string> {
  return execute(folder, program, words, 60_000);
}

async function execute(
  folder: string,
  program: string,
  words: readonly string[],
  timeout: number,
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, words, {
      cwd: folder,
      env: process.env,
      timeout,
    });
    return stdout;
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw new Failure(explain(program, messageOf(error).trim()));
    const [, home] = Object.entries(programHomes).find(([name]) => name === program) ?? [];
    throw new Failure(`${program} is not on the PATH${home === undefined ? "" : `: ${home}`}`);
  }
}

/** Pulumi says that the passphrase is wrong, but not where it has it from. */
function explain(program: string, said: string): string {
  if (program !== "pulumi" || !/incorrect passphrase|passphrase must be set/.test(said)) return said;
  return (
    `${said}\nThe stack's secrets are encrypted with a passphrase, and ${passphraseSource()}. Set PULUMI_CONFIG_PASSPHRASE to the ` +
    'passphrase that the stack was made with. Example: export PULUMI_CONFIG_PASSPHRASE="$(cat ~/prod.passphrase)"'
  );
}

/** Pulumi takes the first that is set, even if it is empty. */
function passphraseSource(): string {
  const set = ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"].find(
    (name) => process.env[name] !== undefined,
  );
  return set === undefined ? "none is given" : `that of ${set} does not fit`;
}
