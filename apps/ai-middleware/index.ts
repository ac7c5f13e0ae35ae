import * as pulumi from "@pulumi/pulumi";
import { namespaceOf } from "../../infra/cluster/namespaces";
import type { Rabbitmq } from "../../infra/data/rabbitmq";
import type { RedisCluster } from "../../infra/data/redis-cluster";
import type { Site } from "../../infra/platform/site";
import { createRabbitmq } from "./rabbitmq";
import { createRedis } from "./redis";

/** Arguments of {@link AiMiddleware}. */
export interface AiMiddlewareArgs {
  readonly site: Site;
}

/** The AI Middleware. (003) */
export class AiMiddleware extends pulumi.ComponentResource {
  /** Work for the background workers. (003) */
  readonly rabbitmq: Rabbitmq;
  /** What the API caches. (003) */
  readonly redis: RedisCluster;

  constructor(name: string, { site }: AiMiddlewareArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:AiMiddleware", name, {}, options);
    const namespace = namespaceOf("ai-middleware", "shared");
    const child = { parent: this };
    this.rabbitmq = createRabbitmq(`${name}-rabbitmq`, site, namespace, child);
    this.redis = createRedis(`${name}-redis`, site, namespace, child);
    this.registerOutputs();
  }
}
