import type { types } from "@pulumi/kubernetes";
import { hasMonitors } from "../../infra/kit/monitors";
import { has, type Site } from "../../infra/kit/site";
import type { AutoscalingMetricName } from "../../infra/platform/autoscaling-metrics";

/** A metric of the pods themselves, and how much of it one pod is to carry. */
export interface PodMetric {
  /** The metric's name as the metrics adapter offers it. */
  readonly metric: AutoscalingMetricName;
  /** The average over the pods, as a quantity: `50`, `500m`. */
  readonly averageValue: string;
}

/** How many replicas there are, and what decides it. */
export interface Autoscaling {
  readonly minimum: number;
  readonly maximum: number;
  /** Replicas that it starts with, before the autoscaler knows the load. @default the minimum */
  readonly initial?: number;
  /** Percent of the requested CPU. */
  readonly cpu?: number;
  /** Percent of the requested memory. */
  readonly memory?: number;
  readonly podMetrics?: readonly PodMetric[];
  /** @default {@link steady} */
  readonly behaviour?: Behaviour;
}

/** How fast the number of replicas follows the load. */
export interface Behaviour {
  readonly up: ScalingRules;
  readonly down: ScalingRules;
}

interface ScalingRules {
  /** Seconds over which the most careful proposal counts. */
  readonly stabilizationSeconds: number;
  /**
   * The most that may be added or removed in a period: the larger of a share of the replicas and a number.
   */
  readonly percent: number;
  readonly pods: number;
  readonly periodSeconds: number;
}

/** Up at once, doubling or by four pods every 15 seconds; down after ten minutes, by one pod every two. (B1, 002) */
export const eager: Behaviour = {
  up: { stabilizationSeconds: 0, percent: 100, pods: 4, periodSeconds: 15 },
  down: { stabilizationSeconds: 600, percent: 10, pods: 1, periodSeconds: 120 },
};

/** Up by half or two pods a minute, down by a tenth or one pod a minute. (A7, 001) */
export const steady: Behaviour = {
  up: { stabilizationSeconds: 0, percent: 50, pods: 2, periodSeconds: 60 },
  down: { stabilizationSeconds: 300, percent: 10, pods: 1, periodSeconds: 60 },
};

/** How an autoscaler sizes a workload on a site; undefined where none is to, or the stack has nothing that measures for it. */
export function autoscalingOn(site: Site, replicas: number | Autoscaling): Autoscaling | undefined {
  if (typeof replicas === "number" || !has(site, "autoscaling")) return undefined;
  const { podMetrics = [], ...rest } = replicas;
  // What pods say of themselves comes by way of Prometheus.
  return { ...rest, podMetrics: hasMonitors(site) ? podMetrics : [] };
}

/** The metrics and the behaviour of an autoscaler, as the API takes them. */
export function autoscalerSpec(
  deployment: string,
  { minimum, maximum, cpu, memory, podMetrics = [], behaviour = steady }: Autoscaling,
): types.input.autoscaling.v2.HorizontalPodAutoscalerSpec {
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
    minReplicas: minimum,
    maxReplicas: maximum,
    metrics: [
      ...(cpu === undefined ? [] : [utilization("cpu", cpu)]),
      ...(memory === undefined ? [] : [utilization("memory", memory)]),
      ...podMetrics.map(({ metric, averageValue }) => ({
        type: "Pods",
        pods: { metric: { name: metric }, target: { type: "AverageValue", averageValue } },
      })),
    ],
    behavior: { scaleUp: rulesOf(behaviour.up), scaleDown: rulesOf(behaviour.down) },
  };
}

function utilization(name: "cpu" | "memory", averageUtilization: number) {
  return { type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization } } };
}

function rulesOf({ stabilizationSeconds, percent, pods, periodSeconds }: ScalingRules) {
  return {
    stabilizationWindowSeconds: stabilizationSeconds,
    selectPolicy: "Max",
    policies: [
      { type: "Percent", value: percent, periodSeconds },
      { type: "Pods", value: pods, periodSeconds },
    ],
  };
}
