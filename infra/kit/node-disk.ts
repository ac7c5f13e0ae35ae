import { bytesOf } from "../../primitives/quantity";

/** The resource by which containers ask for room on their node's disk. */
export const nodeDiskResource = "ephemeral-storage";

/** What every container may keep on its node's disk: its logs, which kubelet turns over, and what it writes beside its volumes. */
const everyContainer = { requests: "128Mi", limits: "1Gi" } as const;

/**
 * Room on a node's disk for a container. What it declares as scratch is promised in full, so that pods never fill a node
 * between them; one that takes more than its limit is evicted before it takes its neighbours down.
 *
 * @param scratch sizes of what it keeps there beside its logs, for example `4Gi`: `emptyDir`s, caches, downloads
 */
export function nodeDisk(...scratch: readonly string[]) {
  return {
    requests: { [nodeDiskResource]: together(everyContainer.requests, ...scratch) },
    limits: { [nodeDiskResource]: together(everyContainer.limits, ...scratch) },
  };
}

function together(...sizes: readonly string[]): string {
  const mebibytes = Math.ceil(sizes.reduce((sum, size) => sum + bytesOf(size), 0) / 2 ** 20);
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}
