import { counter, type Exporter, gauge, histogram, type Metric } from "../exposition";

/** What 003 has its API show, and every other service that answers HTTP: who asks for what, how it ends, how long it takes. */
const http = {
  http_requests_total: counter("method", "endpoint", "status"),
  ...histogram("http_request_duration_seconds", "method", "endpoint"),
};

/** Inference, as 000's dashboard and 001's autoscaler have it. */
const inference = histogram("model_inference_duration_seconds", "model_name");

function workload(name: string, metrics: Readonly<Record<string, Metric>>, source = "000 and 003"): Exporter {
  return { scrape: { selects: "app", value: name }, source: `what ${source} have the service show`, metrics };
}

/** What the systems' services tell. Their images are no part of this repository: this is what they have to show. (000-004) */
export const serviceExporters = {
  "ai-orchestrator": workload("ai-orchestrator", { ...http, ...inference }),
  "ai-engine": workload("ai-engine", { ...http, ...inference }),
  "ml-pipeline": workload("ml-pipeline", {
    ...http,
    model_accuracy_score: gauge("model_name", "version"),
    feature_drift_score: gauge("feature_name"),
  }),
  "market-data": workload("market-data", { ...http, websocket_connections: gauge() }),
  "model-serving-gpu": workload(
    "model-serving-gpu",
    {
      nv_inference_pending_request_count: gauge("model", "version"),
      nv_inference_request_failure: counter("model", "version", "reason"),
      nv_inference_request_success: counter("model", "version"),
    },
    "Triton's metrics",
  ),

  "api-router": workload("api-router", http),
  "user-organization": workload("user-organization", http),
  analytics: workload("analytics", http),
  vllm: workload(
    "vllm",
    {
      "vllm:generation_tokens_total": counter("model_name", "engine"),
      "vllm:kv_cache_usage_perc": gauge("model_name", "engine"),
      "vllm:num_requests_running": gauge("model_name", "engine"),
      "vllm:num_requests_waiting": gauge("model_name", "engine"),
      ...histogram("vllm:time_to_first_token_seconds", "model_name", "engine"),
    },
    "vLLM's metrics",
  ),

  "ai-middleware": workload("ai-middleware", { ...http, ai_requests_total: counter("provider", "model") }),

  // By 004's table of what to show; its counter tells by `status` how requests end, like everyone's.
  "inference-api": workload(
    "inference-api",
    {
      inference_requests_total: counter("status"),
      ...histogram("inference_latency_seconds"),
      embedding_index_size: gauge(),
    },
    "004's table of metrics",
  ),
  "ner-service": workload("ner-service", { ner_entities_extracted: counter() }, "004's table of metrics"),
} as const satisfies Readonly<Record<string, Exporter>>;
