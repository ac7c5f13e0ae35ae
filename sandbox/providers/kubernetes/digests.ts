import { createHash } from "node:crypto";

export type Digest = `sha256:${string}`;

/** What is known of archives and manifests before they are fetched. */
export interface Digests {
  /** What a chart's archive in a version may be, `sha256:...`; none when that is not known. */
  readonly chart: (name: string, version: string) => readonly string[];
  /** What the manifest at an address is; undefined when that is not known. */
  readonly manifest: (address: string) => string | undefined;
}

/** Nothing is known: what is fetched is taken as it is. */
export const noDigests: Digests = { chart: () => [], manifest: () => undefined };

export function digestOf(content: Uint8Array | string): Digest {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
