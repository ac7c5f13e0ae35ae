import { createHash } from "node:crypto";
import type { LockHeader } from "./header";

/** Hash of values as canonical JSON: sorted keys, no spaces, without undefined members. */
export function hashOfValues(values: unknown): LockHeader["values"] {
  return `sha256:${createHash("sha256").update(canonicalJson(values)).digest("hex")}`;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
