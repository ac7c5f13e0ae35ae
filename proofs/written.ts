import type { Model, Workload } from "../model/model";

/**
 * Workloads whose whole specification is known and not somebody else's: those of the program, and on live clusters those that
 * nothing in the plan makes. Of charts and operators only facts are known.
 */
export function writtenWorkloads(model: Model): readonly Workload[] {
  return model.workloads.filter(
    ({ origin, manifest }) => manifest !== undefined && (origin.by === "program" || origin.by === "cluster"),
  );
}
