import { drain } from "./drain";
import { drift } from "./drift";
import type { Drill } from "./drill";
import { gpuLoss } from "./gpu-loss";
import { rollingUpdate } from "./rolling-update";
import { scaleOut } from "./scale-out";
import { spotReclaim } from "./spot-reclaim";
import { zoneOutage } from "./zone-outage";

/** Every drill, in the order in which they run when all do. */
export const drills: readonly Drill[] = [
  drain,
  rollingUpdate,
  zoneOutage,
  spotReclaim,
  gpuLoss,
  scaleOut,
  drift,
];
