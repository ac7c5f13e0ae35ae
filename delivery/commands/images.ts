import { stackSchema } from "../../apps/registry";
import { Failure } from "../../cli/failure";
import { readStackFile } from "../stack-file";
import { systemImages } from "../system-images";
import type { TargetOptions } from "../target";

/**
 * Prints every image that the stack's systems run, one a line: what the registry must contain. @throws
 * Failure
 */
export function images({
  projectDirectory,
  stack,
}: Pick<TargetOptions, "projectDirectory" | "stack">): boolean {
  const config = stackSchema.safeParse(readStackFile(projectDirectory, stack).own);
  if (!config.success) {
    throw new Failure(
      `Pulumi.${stack}.yaml has faults, which \`npm run preflight -- --stack ${stack} --clouds\` names.`,
    );
  }
  const lines = systemImages(config.data).map(({ image }) => image);
  process.stdout.write(`${[...new Set(lines)].sort().join("\n")}\n`);
  return true;
}
