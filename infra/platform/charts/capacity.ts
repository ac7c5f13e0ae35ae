import type { Chart } from "../chart";

/** Charts for capacity: autoscaling of clusters and pods, metrics for it, GPUs. */
export const capacityCharts = {} as const satisfies Readonly<Record<string, Chart>>;
