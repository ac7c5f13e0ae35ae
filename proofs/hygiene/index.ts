import type { Proof } from "../proof";
import { together } from "../verdict";
import { pausesLeaveTime } from "./endings";
import { imagesHaveDigests } from "./images";
import { jobsAreSafe } from "./jobs";
import { releasesAreLocked } from "./locked";
import { memoryHasFigures } from "./memory";
import { nodeDisksAreShared } from "./node-disk";
import { probesDiffer } from "./probes";
import { workloadsAreTaken } from "./refused";
import { rolloutsEnd } from "./rollouts";
import { schedulesLeaveTime } from "./schedules";
import { replicasAreSpread } from "./spread";
import { startsAreAwaited } from "./startup";
import { probesTakeTurns } from "./timing";

export const hygiene: Proof = {
  name: "hygiene",
  claim:
    "No pod takes its neighbours down, no job shares an account, dies of its node or meets its next run, no restart or rollout is for nothing, images stay what they are, and the chart lock knows every release.",
  check: together(
    releasesAreLocked,
    nodeDisksAreShared,
    jobsAreSafe,
    probesDiffer,
    replicasAreSpread,
    pausesLeaveTime,
    probesTakeTurns,
    startsAreAwaited,
    rolloutsEnd,
    schedulesLeaveTime,
    workloadsAreTaken,
    imagesHaveDigests,
    memoryHasFigures,
  ),
};
