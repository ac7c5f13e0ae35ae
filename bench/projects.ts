import { join, resolve } from "node:path";
import type { Project } from "./command";

export const repository = resolve(__dirname, "..");

export const stacks = ["dev", "staging", "prod"] as const;

/** The project itself. */
export function ours(stack: string): Project {
  return { folder: repository, stack };
}

/** The same number of resources without a program around them: the time of the engine and the stand-ins alone. */
export function floor(resources: number): Project {
  return {
    folder: join(__dirname, "floor"),
    stack: "floor",
    environment: { FLOOR_RESOURCES: String(resources) },
  };
}

/** A number of systems on one cluster, built from the project's own components. */
export function growth(systems: number): Project {
  return {
    folder: join(__dirname, "growth"),
    stack: "growth",
    environment: { SYSTEMS: String(systems) },
  };
}
