import type * as pulumi from "@pulumi/pulumi";
import { imageReference } from "../../infra/kit/mirror";
import type { Site } from "../../infra/kit/site";
import { modelFolder, modelsPath } from "../../infra/models/contract";
import { createModelSync } from "../workload/bucket-copy";
import { createClaim } from "../workload/claim";
import { gpuNodes } from "../workload/gpu-nodes";
import { Service } from "../workload/service";
import { spansOverHttp } from "../workload/spans";
import type { Target } from "../workload/workload";
import { type AtlasContext, tier } from "./context";

/** NVIDIA's server, in the release that the cards of both classes (A10G, T4) are served by. (D4) */
const triton = "nvcr.io/nvidia/tritonserver:25.08-py3";

/**
 * Serves the models from graphics cards: one card to each replica. Its repository is the version that the stack names, brought
 * from the bucket of models; where the cluster has none, it is what people put on the volume. (A4, 000)
 */
export function createModelServing(
  name: string,
  { site, config, namespace, loadBalancers }: AtlasContext,
  pool: string,
  parent: pulumi.Resource,
): Service {
  const repository = createClaim(
    `${name}-repository`,
    { site, namespace, claim: "model-repository-pvc", size: "100Gi", shared: true },
    parent,
  );
  const { models: bucket } = site.cluster.buckets;
  const sync =
    bucket &&
    createModelSync(
      `${name}-sync`,
      {
        site,
        namespace,
        workload: "model-repository-sync",
        bucket,
        claim: repository,
        system: "atlas",
        models: [{ name: "triton", version: config.modelVersion }],
      },
      parent,
    );
  const spans = tritonSpans(site);
  return new Service(
    name,
    {
      site,
      namespace,
      workload: "model-serving-gpu",
      image: imageReference(triton, site.settings.mirror),
      labels: tier,
      priority: "serving",
      replicas: 2,
      // A card for one more may be free in the zone of another new one alone, so a rollout replaces one by one.
      rollout: { maxSurge: 0, maxUnavailable: 1 },
      gpus: 1,
      nodeSelector: gpuNodes(site, pool),
      command: ["tritonserver"],
      args: [
        "--model-repository=/models",
        "--allow-gpu-metrics=true",
        "--metrics-port=8002",
        "--http-port=8000",
        "--grpc-port=8001",
        ...spans.args,
      ],
      ports: { http: 8000, grpc: 8001, metrics: 8002 },
      resources: { requests: { cpu: "4000m", memory: "8Gi" }, limits: { cpu: "8000m", memory: "16Gi" } },
      mounts: [
        {
          kind: "volume",
          path: modelsPath,
          claim: repository,
          readOnly: true,
          ...(sync && { folder: modelFolder("triton", config.modelVersion) }),
        },
        { kind: "memory", path: "/dev/shm", size: "1Gi" },
      ],
      // All models of the volume are loaded before it is ready.
      startsWithinSeconds: 600,
      probes: {
        startup: { path: "/v2/health/ready", port: "http", periodSeconds: 10, failureThreshold: 60 },
        liveness: { path: "/v2/health/live", port: "http", periodSeconds: 10, timeoutSeconds: 5 },
        readiness: { path: "/v2/health/ready", port: "http", periodSeconds: 5, timeoutSeconds: 3 },
      },
      service: {
        name: "model-serving-service",
        ports: { http: 8000, grpc: 8001, metrics: 8002 },
        loadBalancer: { scheme: "internal" },
      },
      waitsFor:
        "models on the volume model-repository-pvc: a job copies them from the bucket, and starts again with `pulumi up` or by hand",
      metrics: { port: "metrics", interval: "15s" },
      // Triton does not look at OpenTelemetry's variables.
      traced: false,
      calls: spans.calls,
      after: [loadBalancers, sync?.resource].filter((resource) => resource !== undefined),
    },
    { parent },
  );
}

/**
 * Triton's own settings for spans: every request becomes a span, and the collector decides which traces are kept.
 *
 * @see https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/trace.html
 */
function tritonSpans(site: Site): { readonly args: readonly string[]; readonly calls: readonly Target[] } {
  const spans = spansOverHttp(site);
  if (spans === undefined) return { args: [], calls: [] };
  return {
    args: [
      "--trace-config=mode=opentelemetry",
      `--trace-config=opentelemetry,url=${spans.url}/v1/traces`,
      "--trace-config=opentelemetry,resource=service.name=model-serving-gpu",
      "--trace-config=level=TIMESTAMPS",
      "--trace-config=rate=1",
    ],
    calls: [spans.call],
  };
}
