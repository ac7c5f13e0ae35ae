import * as pulumi from "@pulumi/pulumi";
import { hostOf } from "../../infra/config/hosts";
import type { SystemArgs } from "../../infra/systems/definition";
import { dependentPart } from "../dependent-part";
import { createPublicHost } from "../workload/public-host";
import { createApi } from "./api";
import { type AiMiddlewareConfig, host } from "./configuration";
import type { AiMiddlewareContext } from "./context";
import { createDocuments } from "./documents";
import { namespace } from "./namespaces";
import { createRabbitmq } from "./rabbitmq";
import { createRecovery } from "./recovery";
import { createRedis } from "./redis";
import { createTimeSeries } from "./time-series";
import { createWorker } from "./worker";

/** Arguments of {@link AiMiddleware}. */
export type AiMiddlewareArgs = SystemArgs<AiMiddlewareConfig>;

/** The AI Middleware: one API before the AI providers, and the workers behind it. (003) */
export class AiMiddleware extends pulumi.ComponentResource {
  constructor(name: string, args: AiMiddlewareArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:AiMiddleware", name, {}, options);
    const { site, config, operators } = args;
    const rabbitmq = createRabbitmq(
      `${name}-rabbitmq`,
      site,
      namespace,
      dependentPart(this, operators.rabbitmq),
    );
    const redis = createRedis(`${name}-redis`, site, namespace, dependentPart(this, operators.redis));
    const documents = createDocuments(site, dependentPart(this, operators.mongodb));
    const timeSeries = createTimeSeries(site, dependentPart(this, operators.postgresql));
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
        host: hostOf({ host }, config, site.environment),
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
