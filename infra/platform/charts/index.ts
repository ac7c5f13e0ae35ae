import type { Chart } from "../../kit/chart";
import { capacityCharts } from "./capacity";
import { dataCharts } from "./data";
import { deliveryCharts } from "./delivery";
import { edgeCharts } from "./edge";
import { meshCharts } from "./mesh";
import { messagingCharts } from "./messaging";
import { observabilityCharts } from "./observability";
import { secretsCharts } from "./secrets";

/** The one catalogue of charts: what is installed, in which version, and why this one. (P1-P17, D4) */
export const charts = {
  ...edgeCharts,
  ...observabilityCharts,
  ...deliveryCharts,
  ...capacityCharts,
  ...meshCharts,
  ...dataCharts,
  ...messagingCharts,
  ...secretsCharts,
} as const satisfies Readonly<Record<string, Chart>>;
