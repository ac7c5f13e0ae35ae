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

/** The drills that leave the stack as they found it, in the order in which they run when all do. */
export const drills: readonly Drill[] = [
  drain,
  rollingUpdate,
  zoneOutage,
  spotReclaim,
  gpuLoss,
  scaleOut,
  drift,
  secretRotation,
  modelRollback,
  apiOutage,
  engineKill,
];

/** Those that run only when they are named, because the stack is not up afterwards. */
export const drillsByName: readonly Drill[] = [teardown];
