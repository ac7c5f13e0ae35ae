import type { Reporter } from "../../cli/reporter";
import type { ControlPlaneTools } from "../../toolchain/tools";
import { type ClusterManagerOptions, LocalClusterManager } from "./manager";
import type { ClusterManager } from "./types";

export type { ClusterManagerOptions } from "./manager";
export type * from "./types";

/** Runs control planes with these tools; see `ClusterManager` for what it promises. */
export function clusterManager(
  tools: ControlPlaneTools,
  reporter: Reporter,
  options: ClusterManagerOptions,
): ClusterManager {
  return new LocalClusterManager(tools, reporter, options);
}
