import type { CloudStore } from "../clouds/store";
import type { ClusterManager } from "../cluster/types";
import type { Reporter } from "../reporter";

/** What stand-ins work with: everything that they may touch outside their own process. */
export interface SandboxContext {
  readonly clusters: ClusterManager;
  readonly store: CloudStore;
  readonly reporter: Reporter;
}
