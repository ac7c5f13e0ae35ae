import type { Chart } from "../chart";

/** Charts of the data stores and their operators. */
export const dataCharts = {} as const satisfies Readonly<Record<string, Chart>>;
