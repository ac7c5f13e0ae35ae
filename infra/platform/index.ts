import * as pulumi from "@pulumi/pulumi";
import { Certificates } from "./certificates";
import { KafkaOperator } from "./kafka-operator";
import { RabbitmqOperators } from "./rabbitmq-operator";
import { RedisOperator } from "./redis-operator";
import { runs, type Site } from "./site";

/** Arguments of {@link PlatformServices}. */
export interface PlatformServicesArgs {
  readonly site: Site;
}

/** The services that a cluster offers to the systems on it, one component for each concern. (P1-P17) */
export class PlatformServices extends pulumi.ComponentResource {
  constructor(name: string, { site }: PlatformServicesArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Services", name, {}, options);
    const child = { parent: this };
    new Certificates(`${name}-certificates`, { site }, child);
    if (runs(site, "atlas")) new KafkaOperator(`${name}-kafka-operator`, { site }, child);
    if (runs(site, "aiaas") || runs(site, "ai-middleware")) {
      new RabbitmqOperators(`${name}-rabbitmq-operators`, { site }, child);
    }
    if (runs(site, "atlas") || runs(site, "aiaas") || runs(site, "ai-middleware")) {
      new RedisOperator(`${name}-redis-operator`, { site }, child);
    }
    this.registerOutputs();
  }
}
