import { z } from "zod";
import { systems } from "../../apps/registry";
import { readPlan } from "../../model/read-plan";
import { stacks } from "./plan";

const types = [
  "kubernetes:apps/v1:Deployment",
  "kubernetes:batch/v1:CronJob",
  "kubernetes:batch/v1:Job",
] as const;
const named = z.object({ metadata: z.object({ name: z.string() }) });

/** Jobs that back stores up, and those that check the backups, follow from the system's `backups`. */
const recovery = /^(hourly|daily|weekly)-(backup|restore-check)-/;

/** The workloads that a system has in any of the stacks. */
function planned(system: string): readonly string[] {
  const found = stacks.flatMap((stack) => {
    const plan = readPlan(stack);
    return types.flatMap((type) =>
      plan.all(type, named).flatMap((one) => (one.system === system ? [one.inputs.metadata.name] : [])),
    );
  });
  return [...new Set(found)].filter((name) => !recovery.test(name)).sort();
}

test.each(systems.map(({ name, workloads }) => ({ name, workloads: Object.keys(workloads) })))(
  "apps/$name/definition.ts names every workload of the reviewed plans, and no other",
  ({ name, workloads }) => {
    expect(workloads.toSorted()).toEqual(planned(name));
  },
);
