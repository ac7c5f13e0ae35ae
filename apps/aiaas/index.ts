import * as pulumi from "@pulumi/pulumi";
import { namespaceOf } from "../../infra/cluster/namespaces";
import type { PostgreSql } from "../../infra/data/postgresql";
import type { Rabbitmq } from "../../infra/data/rabbitmq";
import type { RedisReplication } from "../../infra/data/redis-replication";
import type { DataOperators } from "../../infra/platform/data-operators";
import type { Site } from "../../infra/platform/site";
import { partAfter } from "../after";
import { createAnalytics } from "./analytics";
import { createRabbitmq } from "./rabbitmq";
import { createRedis } from "./redis";
import { createUserOrganization, type UserOrganizationDatabase } from "./user-organization";

/** Arguments of {@link Aiaas}. */
export interface AiaasArgs {
  readonly site: Site;
  /** What looks after the system's data stores. */
  readonly operators: DataOperators;
}

/** The AIaaS platform. (002) */
export class Aiaas extends pulumi.ComponentResource {
  /** Usage events. (002) */
  readonly rabbitmq: Rabbitmq;
  /** Rate limits, sessions and freshness, each in a database of its own. (002) */
  readonly redis: RedisReplication;
  /** What is analysed, by time. (002) */
  readonly analytics: PostgreSql;
  /** Users and organizations. (002) */
  readonly userOrganization: UserOrganizationDatabase;

  constructor(name: string, { site, operators }: AiaasArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Aiaas", name, {}, options);
    const namespace = namespaceOf("aiaas", site.environment);
    this.rabbitmq = createRabbitmq(`${name}-rabbitmq`, site, namespace, partAfter(this, operators.rabbitmq));
    this.redis = createRedis(`${name}-redis`, site, namespace, partAfter(this, operators.redis));
    this.analytics = createAnalytics(site, partAfter(this, operators.postgresql));
    this.userOrganization = createUserOrganization(site, partAfter(this, operators.postgresql));
    this.registerOutputs();
  }
}
