import * as pulumi from "@pulumi/pulumi";
import { Certificates } from "./certificates";
import type { DataOperators } from "./data-operators";
import { KafkaOperator } from "./kafka-operator";
import { MongodbOperator } from "./mongodb-operator";
import { PostgresqlOperator } from "./postgresql-operator";
import { RabbitmqOperators } from "./rabbitmq-operator";
import { RedisOperator } from "./redis-operator";
import { runs, type Site } from "./site";

/** Arguments of {@link PlatformServices}. */
export interface PlatformServicesArgs {
  readonly site: Site;
}

/** The services that a cluster offers to the systems on it, one component for each concern. (P1-P17) */
export class PlatformServices extends pulumi.ComponentResource {
  /** What looks after the data stores. */
  readonly operators: DataOperators;

  constructor(name: string, { site }: PlatformServicesArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Services", name, {}, options);
    const child = { parent: this };
    const certificates = new Certificates(`${name}-certificates`, { site }, child);
    const afterCertificates = { ...child, dependsOn: [certificates] };

    this.operators = {
      ...(runs(site, "atlas") && { kafka: new KafkaOperator(`${name}-kafka-operator`, { site }, child) }),
      ...(runs(site, "aiaas", "ai-middleware") && {
        rabbitmq: new RabbitmqOperators(`${name}-rabbitmq-operators`, { site }, afterCertificates),
      }),
      ...(runs(site, "atlas", "aiaas", "ai-middleware") && {
        redis: new RedisOperator(`${name}-redis-operator`, { site }, child),
        postgresql: new PostgresqlOperator(`${name}-postgresql`, { site }, afterCertificates),
      }),
      ...(runs(site, "ai-middleware") && {
        mongodb: new MongodbOperator(`${name}-mongodb`, { site }, child),
      }),
    };
    this.registerOutputs();
  }
}
