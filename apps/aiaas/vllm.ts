import * as pulumi from "@pulumi/pulumi";
import type { Endpoint } from "../../infra/data/store";
import { imageReference } from "../../infra/kit/mirror";
import { guestsOf, type Site } from "../../infra/kit/site";
import { internet, type Pods, pods } from "../../infra/network/edge";
import { existingSecret } from "../../infra/secrets/existing-secret";
import type { ReadableSecret } from "../../infra/secrets/secret-bundles";
import { gpuNodes } from "../workload/gpu-nodes";
import { restartedLast } from "../workload/probes";
import { Service } from "../workload/service";
import type { AiaasConfig } from "./configuration";
import { namespaceIn } from "./namespaces";

/** vLLM's own image, in a release that supports the cards. Built for CUDA 12.9, since CUDA 13 needs a newer driver than some nodes have. (D4, D10) */
const image = "docker.io/vllm/vllm-openai:v0.30.0-cu129";

const workload = "vllm";
const port = 8000;

/** The namespace that all environments share. (B2, D3) */
const namespace = namespaceIn("shared");

/** The bundle of the key, in the namespaces of the callers. */
const clientBundle = "vllm-client";

/** The address of the models, and the key that they ask for. */
export interface ModelServer {
  readonly endpoint: Endpoint;
  /** The Secret whose key `api-key` callers show. */
  readonly credentials: ReadableSecret;
}

/** Arguments of {@link createModelServer}. */
export interface ModelServerArgs {
  readonly site: Site;
  readonly config: AiaasConfig;
}

/**
 * The models for the services of an environment: served by this stack where it has GPUs for them, by the
 * cluster's owner where the cluster is another stack's, otherwise by none. The serving stack puts its key
 * into the namespace of each environment on the cluster. (B2, D3, 002)
 */
export function createModelServer(
  name: string,
  { site, config }: ModelServerArgs,
  parent: pulumi.Resource,
): ModelServer | undefined {
  const callers = namespaceIn(site.environment);
  const endpoint: Endpoint = {
    host: `${workload}.${namespace}.svc`,
    port,
    tls: false,
    pods: pods(namespace, workload, { app: workload }),
  };
  if (config.gpuPool !== undefined) {
    createVllm(name, site, config.model, config.gpuPool, parent);
    const apiKey = site.secrets.value(namespace, workload, "api-key");
    for (const caller of [callers, ...guestsOf(site).map((guest) => guest.namespace)]) {
      site.secrets.provide(caller, clientBundle, { "api-key": apiKey });
      site.network.allow(apiRouterOf(caller), endpoint.pods, port);
    }
    return { endpoint, credentials: site.secrets.provide(callers, clientBundle) };
  }
  if (site.cluster.owned) return undefined;
  return {
    endpoint,
    credentials: existingSecret({ namespace: callers, name: clientBundle, keys: ["api-key"] }),
  };
}

/** What calls the models from a namespace. */
function apiRouterOf(caller: string): Pods {
  return pods(caller, "api-router", { app: "api-router" });
}

/** vLLM and its libraries write below the home folder only. */
const cache = "/cache";
const secrets = "/etc/vllm";

/** vLLM, with an interface like OpenAI's: two replicas with a card each, as many as there are cards. (B2, 002) */
function createVllm(name: string, site: Site, model: string, pool: string, parent: pulumi.Resource): void {
  const apiKey = site.secrets.value(namespace, workload, "api-key");
  const secret = site.secrets.provide(namespace, workload, {
    "config.yaml": pulumi.interpolate`api-key: "${apiKey}"\n`,
  });
  new Service(
    name,
    {
      site,
      namespace,
      workload,
      image: imageReference(image, site.settings.mirror),
      priority: "serving",
      // Scaled by hand, as in 002. No card is free for a third replica, so a rollout replaces them one by one.
      replicas: 2,
      rollout: { maxSurge: 0, maxUnavailable: 1 },
      gpus: 1,
      nodeSelector: gpuNodes(site, pool),
      command: ["vllm", "serve"],
      args: [model, "--config", `${secrets}/config.yaml`, "--port", String(port)],
      ports: { http: port },
      environment: {
        HOME: cache,
        // Compilers ask for the user's name, and the image knows no user of this number.
        USER: workload,
        HF_TOKEN_PATH: `${secrets}/hugging-face-token`,
        VLLM_NO_USAGE_STATS: "1",
        DO_NOT_TRACK: "1",
        HF_HUB_DISABLE_TELEMETRY: "1",
      },
      // Of a node's 16 CPUs and 172 GB, what a model of the size of the card needs while it is loaded.
      resources: { requests: { cpu: "8", memory: "64Gi" }, limits: { cpu: "14", memory: "128Gi" } },
      // A model does not get smaller in staging.
      sizedFor: ["development", "staging", "production"],
      mounts: [
        // Linode's volumes go to one pod at a time, so each replica has its own copy of the model.
        { kind: "ephemeral-volume", path: cache, size: "200Gi" },
        { kind: "memory", path: "/dev/shm", size: "16Gi" },
        { kind: "scratch", path: "/tmp", size: "4Gi" },
        {
          kind: "secret",
          path: secrets,
          secret,
          items: { "config.yaml": "config.yaml", "hugging-face-token": "hugging-face-token" },
        },
      ],
      // Half an hour: the model is fetched, loaded, and compiled for the card.
      startsWithinSeconds: 1800,
      probes: {
        startup: {
          path: "/health",
          port: "http",
          periodSeconds: 10,
          timeoutSeconds: 5,
          failureThreshold: 180,
        },
        liveness: { path: "/health", port: "http", timeoutSeconds: 5, ...restartedLast },
        readiness: { path: "/health", port: "http", periodSeconds: 5, timeoutSeconds: 5 },
      },
      waitsFor: `the model ${model}, which each replica fetches from huggingface.co`,
      // Long answers finish before the pod stops.
      gracePeriodSeconds: 300,
      service: { ports: { http: port } },
      metrics: { port: "http", interval: "15s" },
      // Its image lacks the packages with which vLLM sends spans.
      traced: false,
      calls: [{ party: internet("huggingface.co", "*.huggingface.co", "*.hf.co"), ports: [443] }],
    },
    { parent },
  );
}
