import type { LiveCluster } from "../cluster/live-cluster";
import type { Row } from "../row";
import { aiEngineRows } from "./ai-engine";
import { autoscalingRows } from "./autoscaling";
import { disruptionRows } from "./disruption";
import { healthRows } from "./health";
import { marketDataRows } from "./market-data";
import { monitoringRows } from "./monitoring";
import { networkRows } from "./network";
import { performanceRows } from "./performance";
import { recoveryRows } from "./recovery";
import { redisRows } from "./redis";

/** What `validate` walks, in the order of 001's validation list. */
export const validationRows: readonly Row<LiveCluster>[] = [
  ...healthRows,
  ...aiEngineRows,
  ...marketDataRows,
  ...redisRows,
  ...monitoringRows,
  ...autoscalingRows,
  ...disruptionRows,
  ...networkRows,
  ...recoveryRows,
  ...performanceRows,
];

/** What a smoke test asks: whether it runs. */
export const smokeRows: readonly Row<LiveCluster>[] = healthRows;
