import type * as pulumi from "@pulumi/pulumi";
import { modelFolder, modelsPath } from "../../infra/models/contract";
import { gpuNodes } from "../workload/gpu-nodes";
import { workloadImage } from "../workload/images";
import { restartedLast } from "../workload/probes";
import { Service } from "../workload/service";
import type { MarketResearchContext } from "./context";

/**
 * Named entity recognition: with a card in production, on CPUs elsewhere. It loads the version of the model that the
 * stack names, so changing that rolls forward or back. (N1, N3, 004)
 */
export function createNerService(
  name: string,
  { site, config, namespace, models }: MarketResearchContext,
  after: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): Service {
  const onGpu = config.gpuPool !== undefined;
  return new Service(
    name,
    {
      site,
      namespace,
      workload: "ner-service",
      image: workloadImage(site, config.images, "ner-service"),
      priority: "serving",
      // One card of four. A second replica would leave none for rollouts and training.
      replicas: onGpu ? 1 : 2,
      resources: onGpu
        ? { requests: { cpu: "4", memory: "16Gi" }, limits: { cpu: "6", memory: "20Gi" } }
        : { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
      sizedFor: ["staging", "production"],
      ...(config.gpuPool !== undefined && { gpus: 1, nodeSelector: gpuNodes(site, config.gpuPool) }),
      ports: { http: 8000 },
      environment: {
        MODEL_PATH: `${modelsPath}/${modelFolder("ner", config.modelVersion)}`,
        DEVICE: onGpu ? "cuda" : "cpu",
      },
      mounts: [
        { kind: "volume", path: modelsPath, claim: models, readOnly: true },
        ...(onGpu ? [{ kind: "memory", path: "/dev/shm", size: "1Gi" } as const] : []),
      ],
      probes: {
        liveness: { path: "/health", port: "http", timeoutSeconds: 5, ...restartedLast },
        readiness: { path: "/health", port: "http", periodSeconds: 5, timeoutSeconds: 3 },
      },
      waitsFor: `the model ner-v${config.modelVersion} on the volume ${models}: model-sync copies it from the bucket, and starts again with \`pulumi up\` or by hand`,
      service: { name: "ner-service", ports: { http: 8000 } },
      metrics: { port: "http" },
      after,
    },
    { parent },
  );
}
