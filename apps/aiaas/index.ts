import * as pulumi from "@pulumi/pulumi";
import { namespaceOf } from "../../infra/cluster/namespaces";
import type { Rabbitmq } from "../../infra/data/rabbitmq";
import type { RedisReplication } from "../../infra/data/redis-replication";
import type { Site } from "../../infra/platform/site";
import { createRabbitmq } from "./rabbitmq";
import { createRedis } from "./redis";

/** Arguments of {@link Aiaas}. */
export interface AiaasArgs {
  readonly site: Site;
}

/** The AIaaS platform. (002) */
export class Aiaas extends pulumi.ComponentResource {
  /** Usage events. (002) */
  readonly rabbitmq: Rabbitmq;
  /** Rate limits, sessions and freshness, each in a database of its own. (002) */
  readonly redis: RedisReplication;

  constructor(name: string, { site }: AiaasArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Aiaas", name, {}, options);
    const namespace = namespaceOf("aiaas", site.environment);
    const child = { parent: this };
    this.rabbitmq = createRabbitmq(`${name}-rabbitmq`, site, namespace, child);
    this.redis = createRedis(`${name}-redis`, site, namespace, child);
    this.registerOutputs();
  }
}
