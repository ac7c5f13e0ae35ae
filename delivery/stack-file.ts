import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Failure } from "../cli/failure";

/** A stack file without decrypted secrets. */
export interface StackFile {
  /** Values by `ai-platform:` key; a placeholder text in place of each encrypted one. */
  readonly own: Readonly<Record<string, unknown>>;
  /** Whether the stack has its own Linode token. */
  readonly hasLinodeToken: boolean;
  /** Whether `ai-platform:secrets` contains encrypted values. */
  readonly secretsAreEncrypted: boolean;
}

const prefix = "ai-platform:";
const encrypted = z.strictObject({ secure: z.string() });
const entries = z.record(z.string(), z.unknown());
const stackFile = z.looseObject({ config: entries.default({}) });

/** Reads Pulumi.<stack>.yaml. @throws Failure when it does not exist */
export function readStackFile(projectDirectory: string, stack: string): StackFile {
  const file = join(projectDirectory, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) {
    throw new Failure(
      `There is no stack "${stack}": ${file} does not exist. Example: make validate STACK=dev`,
    );
  }
  const { config } = stackFile.catch({ config: {} }).parse(parse(readFileSync(file, "utf8")));
  const own = Object.entries(config)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), unread(value)]);
  return {
    own: Object.fromEntries(own),
    hasLinodeToken: config["linode:token"] !== undefined,
    secretsAreEncrypted: holdsEncrypted(config[`${prefix}secrets`]),
  };
}

function unread(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (encrypted.safeParse(value).success) return "[secret]";
  if (Array.isArray(value)) return value.map(unread);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unread(inner)]));
}

function holdsEncrypted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return encrypted.safeParse(value).success || Object.values(value).some(holdsEncrypted);
}
