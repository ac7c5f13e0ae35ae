import { join, resolve } from "node:path";
import type { Project } from "./command";

export const repository = resolve(__dirname, "..");

export const stacks = ["dev", "staging", "prod"] as const;

/** The project itself. */
export function ours(stack: string): Project {
  return { folder: repository, stack };
}

/** As many resources without a program around them: what the engine and the stand-ins take by themselves. */
export function floor(resources: number): Project {
  return {
    folder: join(__dirname, "floor"),
    stack: "floor",
    environment: { FLOOR_RESOURCES: String(resources) },
  };
}

/** As many systems on one cluster, made of the components that the project's own are made of. */
export function growth(systems: number): Project {
  return {
    folder: join(__dirname, "growth"),
    stack: "growth",
    environment: { SYSTEMS: String(systems) },
  };
}
