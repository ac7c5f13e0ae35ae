import * as pulumi from "@pulumi/pulumi";
import { hostOf } from "../../infra/config/hosts";
import type { SystemArgs } from "../../infra/systems/definition";
import { dependentPart } from "../dependent-part";
import { createPublicHost } from "../workload/public-host";
import { createAbTesting } from "./ab-testing";
import { createAiEngine } from "./ai-engine";
import { createOrchestrator } from "./ai-orchestrator";
import { createCache } from "./cache";
import { type AtlasConfig, host } from "./configuration";
import type { AtlasContext } from "./context";
import { createData } from "./data";
import { createFeatureStore } from "./feature-store";
import { createKafka } from "./kafka";
import { createMarketData } from "./market-data";
import { createMlPipeline } from "./ml-pipeline";
import { createModelServing } from "./model-serving";
import { namespaceIn } from "./namespaces";
import { createRecovery } from "./recovery";
import { createSessions } from "./sessions";
import { createVectors } from "./vectors";

/** Arguments of {@link Atlas}. */
export type AtlasArgs = SystemArgs<AtlasConfig>;

/** Atlas Financial's AI services. (000, 001) */
export class Atlas extends pulumi.ComponentResource {
  constructor(name: string, args: AtlasArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Atlas", name, {}, options);
    const { site, config, operators, loadBalancers, modelRegistry } = args;
    const namespace = namespaceIn(site.environment);
    const context: AtlasContext = {
      site,
      config,
      namespace,
      loadBalancers,
      modelRegistry,
      kafka: createKafka(`${name}-kafka`, site, namespace, dependentPart(this, operators.kafka)),
      cache: createCache(`${name}-cache`, site, namespace, dependentPart(this, operators.redis)),
      sessions: createSessions(`${name}-sessions`, site, namespace, dependentPart(this, operators.redis)),
      featureStore: createFeatureStore(site, dependentPart(this, operators.postgresql)),
      vectors: createVectors(site, { parent: this }),
    };

    const models =
      config.gpuPool === undefined
        ? undefined
        : createModelServing(`${name}-model-serving`, context, config.gpuPool, this);
    const orchestrator = createOrchestrator(`${name}-ai-orchestrator`, context, this);
    const engine = createAiEngine(`${name}-ai-engine`, context, models, this);
    const experiments = createAbTesting(`${name}-ab-testing`, context, this);
    createMlPipeline(`${name}-ml-pipeline`, context, this);
    createMarketData(`${name}-market-data`, context, this);
    createData(`${name}-data`, context, this);
    createRecovery(`${name}-recovery`, context, this);
    createPublicHost(
      `${name}-ingress`,
      {
        site,
        namespace,
        ingress: "ai-services-ingress",
        host: hostOf({ host }, config, site.environment),
        certificate: "ai-atlas-financial-tls",
        routes: [
          { path: "/api/v2/ai/orchestrator", service: orchestrator, port: "http", webSocket: true },
          // Triton knows its models by this path; its other paths, by which models come and go, are not for visitors.
          ...(models
            ? [{ path: "/api/v2/ai/models", service: models, port: "http", rewrite: "/v2/models" }]
            : []),
          { path: "/api/v2/ai/engine", service: engine, port: "http", webSocket: true },
          { path: "/api/v2/ai/experiments", service: experiments, port: "http" },
        ],
        rate: { perSecond: 100, burst: 200 },
        largestBody: "50m",
        timeoutSeconds: 300,
      },
      this,
    );
    this.registerOutputs();
  }
}
