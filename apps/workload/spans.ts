import { has, type Site } from "../../infra/platform/site";
import { collector, collectorPorts, collectorUrls } from "../../infra/platform/span-collector";
import type { WorkloadArgs } from "./workload";

/** Where a workload sends its spans, in OpenTelemetry's own words, and that it may. Neither where nobody takes them. (P4, 001, 002) */
export function spansOf(site: Site, workload: string): Required<Pick<WorkloadArgs, "environment" | "calls">> {
  if (!has(site, "tracing")) return { environment: {}, calls: [] };
  return {
    environment: {
      OTEL_SERVICE_NAME: workload,
      OTEL_RESOURCE_ATTRIBUTES: `deployment.environment.name=${site.environment}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrls(site).grpc,
    },
    calls: [{ party: collector(site), ports: [collectorPorts.otlpGrpc] }],
  };
}
