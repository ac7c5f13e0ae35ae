import type { Chart } from "../chart";

/** Charts for secrets that come from outside the program. */
export const secretsCharts = {} as const satisfies Readonly<Record<string, Chart>>;
