import type { Reporter } from "../../cli/reporter";
import type { CloudStore } from "../clouds/store";
import type { ClusterManager } from "../cluster/types";

/** What stand-ins work with: everything that they may touch outside their own process. */
export interface SandboxContext {
  readonly clusters: ClusterManager;
  readonly store: CloudStore;
  readonly reporter: Reporter;
}
