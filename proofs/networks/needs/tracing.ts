import { podEnd } from "../call";
import { callsToService, type Need } from "../context";

const source = "001: Jaeger traces every service end to end; OpenTelemetry: OTLP exporter configuration";

/** Other people's software that ignores OpenTelemetry's variables. */
const untraced: ReadonlySet<string> = new Set([
  // vLLM needs `--otlp-traces-endpoint`, and packages that its image lacks.
  "vllm",
]);

/** OTLP over gRPC and over HTTP: Triton uses the latter only, libraries either. */
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
