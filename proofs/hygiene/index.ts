import type { Proof } from "../proof";
import { together } from "../verdict";
import { pausesLeaveTime } from "./endings";
import { podsAreStarted } from "./held";
import { imagesHaveDigests } from "./images";
import { jobsAreSafe } from "./jobs";
import { releasesAreLocked } from "./locked";
import { memoryHasFigures } from "./memory";
import { memoryHoldsScratch } from "./memory-scratch";
import { nodeDisksAreShared } from "./node-disk";
import { objectsAreTaken } from "./objects";
import { probesDiffer } from "./probes";
import { filesAreReadable } from "./readable";
import { workloadsAreTaken } from "./refused";
import { rolloutsEnd } from "./rollouts";
import { schedulesLeaveTime } from "./schedules";
import { replicasAreSpread } from "./spread";
import { startsAreAwaited } from "./startup";
import { probesTakeTurns } from "./timing";
import { watchingIsTaken } from "./watching";

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
    objectsAreTaken,
    podsAreStarted,
    filesAreReadable,
    memoryHoldsScratch,
    watchingIsTaken,
    imagesHaveDigests,
    memoryHasFigures,
  ),
};
