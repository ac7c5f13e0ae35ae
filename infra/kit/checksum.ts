import { createHash } from "node:crypto";

/** Pods' annotation that changes with the files that they read, and with nothing else. */
export const configurationAnnotation = "ai-platform/configuration";

/**
 * Pods' annotation that changes with the Secrets that they read. Redis' operator hands a resource's annotations to its pods, so
 * that they start again with a new password, which they read at their start only. (P6)
 */
export const credentialsAnnotation = "ai-platform/credentials";

/** Sixteen hexadecimal digits that change with files, by their names: of a ConfigMap's data anyone can find the same. */
export function checksumOf(files: Readonly<Record<string, string>>): string {
  return digestOf(JSON.stringify(Object.entries(files).sort()));
}

/** Sixteen hexadecimal digits that change with a text. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
