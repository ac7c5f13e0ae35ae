import type { Proof } from "../proof";
import { together } from "../verdict";
import { pausesLeaveTime } from "./endings";
import { imagesHaveDigests } from "./images";
import { jobsAreSafe } from "./jobs";
import { memoryHasFigures } from "./memory";
import { nodeDisksAreShared } from "./node-disk";
import { probesDiffer } from "./probes";
import { replicasAreSpread } from "./spread";

export const hygiene: Proof = {
  name: "hygiene",
  claim:
    "No pod takes its neighbours down, no job shares an account or dies of its node, no restart is for nothing, and images stay what they are.",
  check: together(
    nodeDisksAreShared,
    jobsAreSafe,
    probesDiffer,
    replicasAreSpread,
    pausesLeaveTime,
    imagesHaveDigests,
    memoryHasFigures,
  ),
};
