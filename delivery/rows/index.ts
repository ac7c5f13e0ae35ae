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

/** The rows of `validate`, in the order of 001's validation list. */
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

/** The rows of the smoke test. */
export const smokeRows: readonly Row<LiveCluster>[] = healthRows;
