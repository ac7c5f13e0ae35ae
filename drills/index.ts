import { apiOutage } from "./api-outage";
import { drain } from "./drain";
import { drift } from "./drift";
import type { Drill } from "./drill";
import { engineKill } from "./engine-kill";
import { gpuLoss } from "./gpu-loss";
import { modelRollback } from "./model-rollback";
import { rollingUpdate } from "./rolling-update";
import { scaleOut } from "./scale-out";
import { secretRotation } from "./secret-rotation";
import { spotReclaim } from "./spot-reclaim";
import { teardown } from "./teardown";
import { zoneOutage } from "./zone-outage";

/** Drills of the clusters: what they do happens to nodes and pods. */
export const clusterDrills: readonly Drill[] = [
  drain,
  rollingUpdate,
  zoneOutage,
  spotReclaim,
  gpuLoss,
  scaleOut,
];

/** Drills of the engine: each ends with an `up` that has to leave nothing to do. */
export const engineDrills: readonly Drill[] = [drift, secretRotation, modelRollback, apiOutage, engineKill];

/** Those that run only when they are named, because the stack is not up afterwards. */
export const drillsByName: readonly Drill[] = [teardown];
