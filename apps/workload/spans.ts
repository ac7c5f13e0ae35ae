import { has, type Site } from "../../infra/kit/site";
import { collector, collectorPorts, collectorUrls } from "../../infra/platform/span-collector";
import type { Target, WorkloadArgs } from "./workload";

/**
 * Tells a service where to send its spans, in OpenTelemetry's own words, and opens the way there: every service is traced,
 * from the first to the last. What the service's own environment says goes before. Unchanged where the cluster has no
 * collector. (P4, 001, 002)
 */
export function withSpans<Args extends WorkloadArgs>(args: Args): Args {
  const { site, workload, environment, calls = [] } = args;
  if (!has(site, "tracing")) return args;
  return {
    ...args,
    environment: {
      ...environment,
      OTEL_SERVICE_NAME: workload,
      OTEL_RESOURCE_ATTRIBUTES: `deployment.environment.name=${site.environment}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrls(site).grpc,
      ...environment,
    },
    calls: [...calls, toCollector(site)],
  };
}

/**
 * Where software that has settings of its own sends its spans over HTTP, and the way there; undefined where the cluster has
 * no collector.
 */
export function spansOverHttp(site: Site): { readonly url: string; readonly call: Target } | undefined {
  if (!has(site, "tracing")) return undefined;
  return {
    url: collectorUrls(site).http,
    call: toCollector(site),
  };
}

/** Both protocols: which of them a library speaks is its own affair, and the mesh opens ports to a whole namespace. */
function toCollector(site: Site): Target {
  return { party: collector(site), ports: [collectorPorts.otlpGrpc, collectorPorts.otlpHttp] };
}
