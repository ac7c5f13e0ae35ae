import { z } from "zod";
import { reviewedPlan, stacks } from "../golden/plan";

const release = z.object({
  name: z.string(),
  inputs: z.object({
    chart: z.string(),
    version: z.string(),
    values: z.record(z.string(), z.unknown()).default({}),
  }),
});

/** A Helm release of the reviewed plan. */
export interface PlannedRelease {
  readonly stack: string;
  readonly logicalName: string;
  /** The chart's published name. */
  readonly name: string;
  readonly version: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Every Helm release of every stack, as people reviewed it. */
export function plannedReleases(): readonly PlannedRelease[] {
  return stacks.flatMap((stack) =>
    [...reviewedPlan(stack)]
      .filter(([file]) => file.startsWith("kubernetes.helm.sh.v3.Release."))
      .map(([, text]) => {
        const { name, inputs } = release.parse(JSON.parse(text));
        const { chart, version, values } = inputs;
        return { stack, logicalName: name, name: chart.split("/").at(-1) ?? chart, version, values };
      }),
  );
}
