import type * as pulumi from "@pulumi/pulumi";
import { hostBeside, hostOf } from "../../infra/config/hosts";
import { type Behaviour, steady } from "../workload/autoscaling";
import { fromSecret } from "../workload/container";
import { workloadImage } from "../workload/images";
import { Service } from "../workload/service";
import { host } from "./configuration";
import { type AtlasContext, tier } from "./context";

/** Connections come in waves: twice as often as other services grow. (001: 30 seconds) */
const quick: Behaviour = { ...steady, up: { ...steady.up, periodSeconds: 30 } };

/** Streams market data over WebSockets, behind a load balancer of its own. (A5, 001) */
export function createMarketData(
  name: string,
  { site, config, namespace, loadBalancers, kafka, sessions }: AtlasContext,
  parent: pulumi.Resource,
): Service {
  return new Service(
    name,
    {
      site,
      namespace,
      workload: "market-data",
      image: workloadImage(site, config.images, "market-data"),
      labels: tier,
      priority: "serving",
      replicas: {
        minimum: 3,
        maximum: 15,
        cpu: 60,
        memory: 70,
        podMetrics: [{ metric: "websocket_connections", averageValue: "500" }],
        behaviour: quick,
      },
      minimumAvailable: 2,
      ports: { websocket: 8080, metrics: 9090 },
      environment: {
        ENVIRONMENT: site.environment,
        SESSION_STORE_URL: fromSecret(sessions.credentials, "uri"),
        KAFKA_BROKERS: kafka.bootstrapServers,
        // 1,000 requests in a quarter of an hour for each client. (001)
        RATE_LIMIT_REQUESTS: "1000",
        RATE_LIMIT_WINDOW_SECONDS: "900",
      },
      resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "1000m", memory: "2Gi" } },
      probes: {
        liveness: { path: "/health", port: "metrics", periodSeconds: 10, timeoutSeconds: 5 },
        readiness: { path: "/ready", port: "metrics", periodSeconds: 5, timeoutSeconds: 3 },
      },
      // Clients that are told to leave reconnect one by one, not all at once.
      gracePeriodSeconds: 120,
      service: {
        name: "market-data-service",
        ports: { websocket: 443 },
        loadBalancer: {
          scheme: "internet-facing",
          host: hostBeside(hostOf({ host }, config, site.environment), "market-data"),
        },
      },
      metrics: { port: "metrics", interval: "15s" },
      vertical: {
        mode: "recommend",
        minimum: { cpu: "250m", memory: "512Mi" },
        maximum: { cpu: "2", memory: "4Gi" },
      },
      ...(loadBalancers && { after: [loadBalancers] }),
      calls: [sessions.endpoints.members, kafka.endpoints.plain],
    },
    { parent },
  );
}
