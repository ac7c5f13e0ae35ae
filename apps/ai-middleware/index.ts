import * as pulumi from "@pulumi/pulumi";
import { namespaceOf } from "../../infra/cluster/namespaces";
import { hostOf } from "../../infra/config/hosts";
import type { Site } from "../../infra/kit/site";
import type { DataOperators } from "../../infra/platform/data-operators";
import { partAfter } from "../after";
import { createPublicHost } from "../workload/public-host";
import { createApi } from "./api";
import type { AiMiddlewareContext } from "./context";
import { createDocuments } from "./documents";
import { createRabbitmq } from "./rabbitmq";
import { createRecovery } from "./recovery";
import { createRedis } from "./redis";
import { createTimeSeries } from "./time-series";
import { createWorker } from "./worker";

/** Arguments of {@link AiMiddleware}. */
export interface AiMiddlewareArgs {
  readonly site: Site;
  readonly config: AiMiddlewareContext["config"];
  /** What looks after the system's data stores. */
  readonly operators: DataOperators;
}

/** The AI Middleware: one API before the AI providers, and the workers behind it. (003) */
export class AiMiddleware extends pulumi.ComponentResource {
  constructor(name: string, args: AiMiddlewareArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:AiMiddleware", name, {}, options);
    const { site, config, operators } = args;
    const namespace = namespaceOf("ai-middleware", "shared");
    const rabbitmq = createRabbitmq(`${name}-rabbitmq`, site, namespace, partAfter(this, operators.rabbitmq));
    const redis = createRedis(`${name}-redis`, site, namespace, partAfter(this, operators.redis));
    const documents = createDocuments(site, partAfter(this, operators.mongodb));
    const timeSeries = createTimeSeries(site, partAfter(this, operators.postgresql));
    const secrets = site.secrets.provide(namespace, "ai-middleware-secrets", {
      "mongodb-uri": documents.connectionString,
      "timescale-uri": timeSeries.connectionString,
      "redis-uri": redis.connectionString,
      "rabbitmq-uri": rabbitmq.connectionString,
    });
    const context: AiMiddlewareContext = {
      site,
      config,
      namespace,
      rabbitmq,
      redis,
      documents,
      timeSeries,
      secrets,
    };

    const api = createApi(`${name}-api`, context, this);
    createWorker(`${name}-worker`, context, this);
    createRecovery(`${name}-recovery`, context, this);
    createPublicHost(
      `${name}-ingress`,
      {
        site,
        namespace,
        ingress: "ai-middleware-ingress",
        host: hostOf("ai-middleware", config, site.environment),
        certificate: "tls-secret",
        routes: [{ path: "/", service: api, port: "http" }],
        rate: { perSecond: 100, burst: 200 },
        largestBody: "50m",
        timeoutSeconds: 300,
      },
      this,
    );
    this.registerOutputs();
  }
}
