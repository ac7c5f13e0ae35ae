import type * as pulumi from "@pulumi/pulumi";
import { imageReference } from "../../infra/platform/mirror";
import { createClaim } from "../workload/claim";
import { Service } from "../workload/service";
import { type AtlasContext, tier } from "./context";

/** NVIDIA's server, in the release that the cards of both classes (A10G, T4) are served by. (D4) */
const triton = "nvcr.io/nvidia/tritonserver:25.08-py3";

/** Serves the models from graphics cards: one card to each replica. (A4, 000) */
export function createModelServing(
  name: string,
  { site, namespace, loadBalancers }: AtlasContext,
  parent: pulumi.Resource,
): Service {
  const repository = createClaim(
    `${name}-repository`,
    { site, namespace, claim: "model-repository-pvc", size: "100Gi", shared: true },
    parent,
  );
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
      nodeSelector: { accelerator: "nvidia-gpu" },
      command: ["tritonserver"],
      args: [
        "--model-repository=/models",
        "--allow-gpu-metrics=true",
        "--metrics-port=8002",
        "--http-port=8000",
        "--grpc-port=8001",
      ],
      ports: { http: 8000, grpc: 8001, metrics: 8002 },
      resources: { requests: { cpu: "4000m", memory: "8Gi" }, limits: { cpu: "8000m", memory: "16Gi" } },
      mounts: [
        { kind: "volume", path: "/models", claim: repository },
        { kind: "memory", path: "/dev/shm", size: "1Gi" },
      ],
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
      metrics: { port: "metrics", interval: "15s" },
      // Triton sends spans by settings of its own alone.
      traced: false,
      ...(loadBalancers && { after: [loadBalancers] }),
    },
    { parent },
  );
}
