import type { Chart } from "../chart";

/** Charts for delivery and what it needs: GitOps, registries, backup, image scanning. */
export const deliveryCharts = {} as const satisfies Readonly<Record<string, Chart>>;
