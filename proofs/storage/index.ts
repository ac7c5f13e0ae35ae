import type { Proof } from "../proof";
import { together } from "../verdict";
import { backupsTakeWhatStays } from "./backups";
import { bucketsGo } from "./buckets";
import { classesChooseLate } from "./classes";
import { objectsStay } from "./expiry";
import { copiesAreKept } from "./kept";
import { membersAgree } from "./members";
import { nodesTakeVolumes } from "./nodes";
import { disksAreOfOnePod } from "./one-node";
import { volumesOutliveClaims } from "./reclaimed";
import { volumesAreMade } from "./volumes";

export const storage: Proof = {
  name: "storage",
  claim: "The cloud makes every volume, where its pod can run, and keeps what is there to stay.",
  check: together(
    volumesAreMade,
    classesChooseLate,
    nodesTakeVolumes,
    disksAreOfOnePod,
    backupsTakeWhatStays,
    volumesOutliveClaims,
    copiesAreKept,
    objectsStay,
    membersAgree,
    bucketsGo,
  ),
};
