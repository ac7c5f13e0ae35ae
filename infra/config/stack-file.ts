import { z } from "zod";

/** A stack file's configuration without decrypted secrets. */
export interface StackFileConfig {
  /** Values by `ai-platform:` key; a placeholder text in place of each encrypted one. */
  readonly own: Readonly<Record<string, unknown>>;
  /** Whether the stack has its own Linode token. */
  readonly hasLinodeToken: boolean;
  /** Whether `ai-platform:secrets` contains encrypted values. */
  readonly secretsAreEncrypted: boolean;
}

const prefix = "ai-platform:";
const encrypted = z.strictObject({ secure: z.string() });

/** Reads what stands below `config` in a stack file. */
export function readConfig(config: Readonly<Record<string, unknown>>): StackFileConfig {
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
