import * as pulumi from "@pulumi/pulumi";
import { hostOf } from "../../infra/config/hosts";
import { createClaim } from "../workload/claim";
import { createPublicHost } from "../workload/public-host";
import { host } from "./configuration";
import type { MarketResearchArgs, MarketResearchContext } from "./context";
import { createEmbedder } from "./embedder";
import { createInferenceApi } from "./inference-api";
import { createModelJobs } from "./models";
import { namespace } from "./namespaces";
import { createNerService } from "./ner-service";

/** MarketResearchAI: inference over market texts, entity recognition, and the jobs that keep models and index. (004) */
export class MarketResearch extends pulumi.ComponentResource {
  constructor(name: string, args: MarketResearchArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:MarketResearch", name, {}, options);
    const { site, config } = args;
    const volume = { site, namespace, shared: true };
    const context: MarketResearchContext = {
      ...args,
      namespace,
      models: createClaim(
        `${name}-models`,
        { ...volume, claim: "models-pvc", size: "50Gi", disposable: true },
        this,
      ),
      index: createClaim(`${name}-index`, { ...volume, claim: "embeddings-index-pvc", size: "20Gi" }, this),
      secrets: site.secrets.provide(namespace, "marketresearch-secrets"),
    };

    const { synced } = createModelJobs(name, context, this);
    const ner = createNerService(`${name}-ner-service`, context, synced, this);
    const inference = createInferenceApi(`${name}-inference-api`, context, ner, this);
    createEmbedder(`${name}-embedder`, context, synced, this);
    createPublicHost(
      `${name}-ingress`,
      {
        site,
        namespace,
        ingress: "marketresearch-ingress",
        host: hostOf({ host }, config, site.environment),
        certificate: "marketresearch-tls",
        routes: [{ path: "/", service: inference, port: "http" }],
        largestBody: "10m",
        timeoutSeconds: 120,
      },
      this,
    );
    this.registerOutputs();
  }
}
