import type { Reporter } from "../cli/reporter";
import { type ClusterManagerOptions, clusterManager } from "../sandbox/cluster";
import type { ClusterManager } from "../sandbox/cluster/types";
import type { ControlPlaneTools } from "../toolchain/tools";
import { processes } from "./processes";

/** Control planes in whose clusters this project's operators are simulated. */
export function simulatedClusters(
  tools: ControlPlaneTools,
  reporter: Reporter,
  options: Omit<ClusterManagerOptions, "cloudController"> = {},
): ClusterManager {
  return clusterManager(tools, reporter, { ...options, cloudController: processes.cloudController });
}
