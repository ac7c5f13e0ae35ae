import { z } from "zod";

/** The type of Helm releases in a plan. */
export const releaseType = "kubernetes:helm.sh/v3:Release";

export const release = z.object({
  name: z.string(),
  namespace: z.string(),
  /** A chart's name, or the address of one in an OCI registry. */
  chart: z.string(),
  version: z.string(),
  values: z.record(z.string(), z.unknown()).default({}),
});

export type Release = z.infer<typeof release>;

/** The chart's own name, without the registry that it comes from. */
export function chartName({ chart }: Pick<Release, "chart">): string {
  return chart.split("/").at(-1) ?? chart;
}
