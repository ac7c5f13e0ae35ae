import { podEnd } from "../call";
import { callsToService, type Need } from "../context";

const source = "001: Jaeger traces every service end to end; OpenTelemetry: OTLP exporter configuration";

/** Software of others that does not look at OpenTelemetry's variables: what it is told would go unheard. */
const untraced: ReadonlySet<string> = new Set([
  // vLLM: it wants `--otlp-traces-endpoint`, and packages that its image does not have.
  "vllm",
]);

/** OTLP over gRPC, and over HTTP: Triton speaks the latter alone, and what a library speaks is its own affair. */
const ports = [4317, 4318] as const;

/** Every service of a system sends its spans to the collector, where the cluster has one. */
export const callsToCollector: Need = (context) => {
  const { model, workloads } = context;
  return model
    .of("Service")
    .filter(({ name }) => name === "otel-collector")
    .flatMap((collector) =>
      workloads
        .filter(
          ({ cluster, system, origin, kind, name }) =>
            cluster === collector.cluster &&
            system !== "platform" &&
            origin.by === "program" &&
            kind === "Deployment" &&
            !untraced.has(name),
        )
        .flatMap((workload) =>
          ports.flatMap((port) =>
            callsToService(context, podEnd(workload), collector, port, { why: "sends its spans", source }),
          ),
        ),
    );
};
