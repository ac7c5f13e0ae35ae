import { mkdir } from "node:fs/promises";
import { cacheRoot } from "../../cli/cache";
import { type Row, verdictOf } from "../row";
import type { PreflightContext } from "./context";

const seed = "001 Deployment Scripts, prerequisite validation";
const gibibyte = 1024 ** 3;

/** State, logs and control planes' data of all stacks, in addition to the tools. */
const diskNeeded = 2 * gibibyte;
/** The engine, the program and the stand-ins. */
const engineNeeds = 1.5 * gibibyte;
const controlPlaneNeeds = 0.5 * gibibyte;

/** Whether this machine has the resources for the stack's sandbox. */
export const machineRows: readonly Row<PreflightContext>[] = [
  {
    id: "disk",
    title: "The disk has room for state and clusters",
    seed,
    check: async ({ freeDisk }) => {
      const folder = cacheRoot();
      await mkdir(folder, { recursive: true });
      const free = await freeDisk(folder);
      return verdictOf(
        free >= diskNeeded
          ? []
          : [
              {
                about: folder,
                expected: `${inGibibytes(diskNeeded)} free`,
                found: inGibibytes(free),
                look: `df ${folder}; XDG_CACHE_HOME names another folder`,
              },
            ],
      );
    },
  },
  {
    id: "memory",
    title: "The machine has memory for the control planes",
    seed,
    check: ({ facts, memory }) => {
      const clusters = Object.keys(facts.clusters).length;
      const needed = engineNeeds + clusters * controlPlaneNeeds;
      return verdictOf(
        memory >= needed
          ? []
          : [
              {
                about: "this machine",
                expected: `${inGibibytes(needed)} of memory for ${clusters} control planes and the engine`,
                found: inGibibytes(memory),
                look: "a smaller stack: make deploy STACK=dev",
              },
            ],
      );
    },
  },
];

function inGibibytes(bytes: number): string {
  return `${(bytes / gibibyte).toFixed(1)} GiB`;
}
