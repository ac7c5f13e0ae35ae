import type { Proof } from "../proof";
import { together } from "../verdict";
import { jobsAreSafe } from "./jobs";
import { nodeDisksAreShared } from "./node-disk";
import { probesDiffer } from "./probes";
import { replicasAreSpread } from "./spread";

export const hygiene: Proof = {
  name: "hygiene",
  claim:
    "No pod takes its neighbours down, no job shares an account or dies of its node, and no restart is for nothing.",
  check: together(nodeDisksAreShared, jobsAreSafe, probesDiffer, replicasAreSpread),
};
