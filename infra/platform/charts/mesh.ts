import type { Chart } from "../chart";

/** Charts of the service mesh. */
export const meshCharts = {} as const satisfies Readonly<Record<string, Chart>>;
