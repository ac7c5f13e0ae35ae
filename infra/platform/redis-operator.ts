import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { monitorPods } from "../kit/pod-monitor";
import type { Site } from "../kit/site";
import { resources, restrictedContainer, restrictedPod } from "../kit/values";
import { apiServer, everyPod, pods } from "../network/edge";
import { charts } from "./charts";
import { dataOperatorsNamespace as namespace } from "./data-operators";

/** Arguments of {@link RedisOperator}. */
export interface RedisOperatorArgs {
  readonly site: Site;
}

/** The operator's pods: they ask every Redis for its role, and tell every Sentinel which one to watch. */
export const redisOperator = pods(namespace, "redis-operator", { name: "redis-operator" });

/** Where a Redis listens. */
export const redisPort = 6379;
/** Where a Sentinel listens. (000) */
export const sentinelPort = 26379;

/** The operator of every Redis on the cluster. (P10) */
export class RedisOperator extends pulumi.ComponentResource {
  constructor(name: string, { site }: RedisOperatorArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:RedisOperator", name, {}, options);
    helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.redisOperator,
        namespace,
        values: {
          redisOperator: { imagePullPolicy: "IfNotPresent" },
          // The configuration is written before Redis starts: its file system can then be read-only, with any image.
          featureGates: { GenerateConfigInInitContainer: true },
          priorityClassName: "platform-critical",
          podSecurityContext: restrictedPod,
          securityContext: restrictedContainer,
          resources: resources({ cpu: "25m", memory: "256Mi", cpuLimit: "500m" }),
        },
      },
      this,
    );
    site.network.allow(redisOperator, apiServer);
    // Also in the namespaces of other stacks on a shared cluster. (D3)
    site.network.allow(redisOperator, everyPod, redisPort, sentinelPort);
    monitorPods(
      `${name}-monitor`,
      { site, pods: redisOperator, port: { name: "metrics", number: 8080 } },
      this,
    );
    this.registerOutputs();
  }
}
