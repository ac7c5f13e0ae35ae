import type { Environment } from "../config/environment";
import { hasMonitors } from "../kit/monitors";
import { namespacesOf, replicas, type Site } from "../kit/site";
import {
  type Resources,
  resources,
  restrictedContainer,
  restrictedPod,
  spread,
  type Values,
} from "../kit/values";
import { type Pods, pods } from "../network/edge";
import { tempoHost, tempoSpansPort } from "./tempo";

/** Name of the collector's Service. */
export const collectorService = "otel-collector";

/** Name of the Service through which the collectors find each other. */
export const collectorPeersService = "otel-collector-peers";

/** Ports of the collector for spans: OTLP, and Jaeger's protocols for older clients. (001) */
export const collectorPorts = {
  otlpGrpc: 4317,
  otlpHttp: 4318,
  jaegerGrpc: 14250,
  jaegerHttp: 14268,
} as const;

/** Port on which a collector takes the spans of those traces that it decides on. */
export const collectorPeerPort = 4319;

/** Port of the collector's own metrics. */
export const collectorMetricsPort = 8888;

const healthPort = 13133;

interface Size {
  readonly resources: Resources;
  /** Share of the traces that are kept although nothing is remarkable about them, in percent. */
  readonly ordinaryPercent: number;
}

const sizes: Readonly<Record<Environment, Size>> = {
  development: { resources: { cpu: "25m", memory: "128Mi", cpuLimit: "250m" }, ordinaryPercent: 100 },
  staging: { resources: { cpu: "50m", memory: "256Mi" }, ordinaryPercent: 50 },
  production: { resources: { cpu: "200m", memory: "1Gi" }, ordinaryPercent: 10 },
};

/** A request that takes longer is slow, as 001's alert has it. */
const slowMilliseconds = 2000;

/** The longest request that the ingresses let through, in seconds: no root span comes later. (000) */
const longestRequestSeconds = 300;

/** What a client's batch and the way to the collector may add. */
const transferSeconds = 10;

/** The collectors' pods. */
export function collector(site: Site): Pods {
  return pods(namespacesOf(site).monitoring, "otel-collector", {
    "app.kubernetes.io/name": "opentelemetry-collector",
  });
}

/** Where services send spans, by protocol: `OTEL_EXPORTER_OTLP_ENDPOINT`. */
export function collectorUrls(site: Site): { readonly grpc: string; readonly http: string } {
  const base = `http://${collectorService}.${namespacesOf(site).monitoring}.svc`;
  return { grpc: `${base}:${collectorPorts.otlpGrpc}`, http: `${base}:${collectorPorts.otlpHttp}` };
}

/** Values of the collector. (P4, 001, 002) */
export function collectorValues(site: Site): Values {
  const copies = replicas(site, 2);
  const off = { enabled: false };
  return {
    mode: "deployment",
    fullnameOverride: collectorService,
    replicaCount: copies,
    command: { name: "otelcol-k8s" },
    resources: resources(sizes[site.environment].resources),
    priorityClassName: "serving",
    podSecurityContext: { ...restrictedPod, runAsUser: 10001, runAsGroup: 10001 },
    securityContext: restrictedContainer,
    topologySpreadConstraints: spread(collector(site).labels),
    ...(copies > 1 && { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } }),
    clusterRole: {
      create: true,
      rules: [
        { apiGroups: [""], resources: ["pods", "namespaces"], verbs: ["get", "list", "watch"] },
        { apiGroups: ["apps"], resources: ["replicasets"], verbs: ["get", "list", "watch"] },
      ],
    },
    ports: { "jaeger-compact": off, zipkin: off, metrics: { enabled: true } },
    serviceMonitor: { enabled: hasMonitors(site) },
    alternateConfig: configuration(site),
  };
}

/**
 * Two steps, so that sampling sees whole traces: every collector passes a span to the one that decides about
 * its trace, and that one keeps every trace with an error or a slow request, and a share of the rest. (001,
 * "intelligent sampling")
 */
function configuration(site: Site): Values {
  const { monitoring } = namespacesOf(site);
  const ownAddress = `\${env:MY_POD_IP}`;
  const on = (port: number) => ({ endpoint: `${ownAddress}:${port}` });
  return {
    extensions: { health_check: on(healthPort) },
    receivers: {
      otlp: { protocols: { grpc: on(collectorPorts.otlpGrpc), http: on(collectorPorts.otlpHttp) } },
      jaeger: {
        protocols: { grpc: on(collectorPorts.jaegerGrpc), thrift_http: on(collectorPorts.jaegerHttp) },
      },
      "otlp/peers": { protocols: { grpc: on(collectorPeerPort) } },
    },
    processors: {
      memory_limiter: { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 25 },
      k8s_attributes: {
        extract: {
          metadata: [
            "k8s.namespace.name",
            "k8s.pod.name",
            "k8s.node.name",
            "k8s.deployment.name",
            "k8s.container.name",
          ],
        },
        pod_association: [{ sources: [{ from: "connection" }] }],
      },
      tail_sampling: {
        // A trace ends with its root: the rest follows within seconds. One without a root waits for as long as a request may take.
        decision_wait: `${longestRequestSeconds + transferSeconds}s`,
        decision_wait_after_root_received: `${transferSeconds}s`,
        num_traces: 50_000,
        // Spans that come after the decision follow it.
        decision_cache: { sampled_cache_size: 100_000, non_sampled_cache_size: 100_000 },
        policies: samplingPolicies(site),
      },
      batch: {},
    },
    exporters: {
      load_balancing: {
        protocol: { otlp: { tls: { insecure: true } } },
        resolver: {
          dns: {
            hostname: `${collectorPeersService}.${monitoring}.svc.cluster.local`,
            port: String(collectorPeerPort),
          },
        },
      },
      "otlp/tempo": { endpoint: `${tempoHost(site)}:${tempoSpansPort}`, tls: { insecure: true } },
    },
    service: {
      extensions: ["health_check"],
      telemetry: {
        metrics: {
          readers: [
            {
              pull: {
                exporter: { prometheus: { host: ownAddress, port: collectorMetricsPort } },
              },
            },
          ],
        },
      },
      pipelines: {
        traces: {
          receivers: ["otlp", "jaeger"],
          processors: ["memory_limiter", "k8s_attributes"],
          exporters: ["load_balancing"],
        },
        "traces/sampled": {
          receivers: ["otlp/peers"],
          processors: ["memory_limiter", "tail_sampling", "batch"],
          exporters: ["otlp/tempo"],
        },
      },
    },
  };
}

function samplingPolicies(site: Site): readonly Values[] {
  return [
    { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } },
    { name: "slow", type: "latency", latency: { threshold_ms: slowMilliseconds } },
    {
      name: "ordinary",
      type: "probabilistic",
      probabilistic: { sampling_percentage: sizes[site.environment].ordinaryPercent },
    },
  ];
}
