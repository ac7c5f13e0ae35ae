import type { Workload } from "../../model/model";
import { bytesOf } from "../../primitives/quantity";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";

/** What pods may keep in memory as files fits the limits of their containers, which it counts against. */
export const memoryHoldsScratch: Check = ({ model }) =>
  each(
    model.workloads.filter((workload) => scratchOf(workload) > 0),
    (workload) => {
      const [scratch, limit] = [scratchOf(workload), limitOf(workload)];
      return limit === undefined || scratch < limit
        ? undefined
        : {
            object: nameOf(workload),
            rule: `its emptyDirs in memory may hold ${mebibytes(scratch)}, and its containers may have ${mebibytes(limit)} of memory: they are killed before the files are full`,
            source:
              "Kubernetes, volumes: emptyDir of the medium Memory counts against the containers' memory limit",
            fix: "raise the memory limit by the size of the emptyDir, or make that smaller",
          };
    },
  );

function scratchOf({ pod: { volumes = [] } }: Workload): number {
  return volumes
    .flatMap((volume) => /^emptyDir (\S+) Memory$/.exec(volume)?.[1] ?? [])
    .reduce((total, size) => total + bytesOf(size), 0);
}

function limitOf({ pod: { containers } }: Workload): number | undefined {
  const running = containers.filter(({ init, sidecar }) => init !== true || sidecar === true);
  return running.reduce<number | undefined>((total, { resources }) => {
    const limit = resources?.limits?.memory;
    return total === undefined || limit === undefined ? undefined : total + bytesOf(limit);
  }, 0);
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)}Mi`;
}
