/** How Pulumi marks values that are more than their JSON, and which mark says what. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const assetSignatures: ReadonlySet<unknown> = new Set([
  "c44067f5952c0a294b673a41bacd8c17",
  "0def7320c3a5731c473e5ecbe6d01bc7",
]);
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";

/** A registered value fit for a file under review: sorted keys, nothing secret, no handles of this run. */
export function mask(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mask);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const signature = entries.find(([key]) => key === signatureKey)?.[1];
  if (signature === secretSignature) return hidden(entries.find(([key]) => key === "value")?.[1]);
  if (signature === resourceSignature) return "[resource]";
  if (signature !== undefined && !assetSignatures.has(signature)) {
    throw new Error(`a value with the unknown signature ${String(signature)} cannot be shown`);
  }
  return Object.fromEntries(
    entries
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .filter(([key]) => key !== signatureKey)
      .map(([key, inner]) => [key, mask(inner)]),
  );
}

/** What is secret of a value: all but the keys of an object, which others refer to. */
function hidden(value: unknown): unknown {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && !(signatureKey in value)
    ? Object.fromEntries(
        Object.keys(value)
          .toSorted()
          .map((key) => [key, "[secret]"]),
      )
    : "[secret]";
}
