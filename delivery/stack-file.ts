import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Failure } from "../cli/failure";
import { understood } from "../cli/understood";
import { readConfig, type StackFileConfig } from "../infra/config/stack-file";

const entries = z.record(z.string(), z.unknown());
const stackFile = z.looseObject({ config: entries.default({}) });

/** Reads Pulumi.<stack>.yaml. @throws Failure when it does not exist */
export function readStackFile(projectDirectory: string, stack: string): StackFileConfig {
  const file = join(projectDirectory, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) {
    throw new Failure(
      `There is no stack "${stack}": ${file} does not exist. Example: make validate STACK=dev`,
    );
  }
  const { config } = understood(
    file,
    () => stackFile.parse(parse(readFileSync(file, "utf8")) ?? {}),
    'It must be a Pulumi stack file. Example: config: { "ai-platform:environment": development }',
  );
  return readConfig(config);
}
