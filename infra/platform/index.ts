import * as pulumi from "@pulumi/pulumi";
import { Certificates } from "./certificates";
import { Elasticsearch, hasElasticsearch } from "./elasticsearch";
import { Logs } from "./logs";
import { Metrics } from "./metrics";
import { has, type Site } from "./site";
import { Traces } from "./traces";

/** Arguments of {@link PlatformServices}. */
export interface PlatformServicesArgs {
  readonly site: Site;
}

/** The services that a cluster offers to the systems on it, one component for each concern. (P1-P17) */
export class PlatformServices extends pulumi.ComponentResource {
  constructor(name: string, { site }: PlatformServicesArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Services", name, {}, options);
    const child = { parent: this };
    const certificates = new Certificates(`${name}-certificates`, { site }, child).ready;
    if (has(site, "metrics")) new Metrics(`${name}-metrics`, { site, certificates }, child);
    if (has(site, "logging")) new Logs(`${name}-logs`, { site }, child);
    if (hasElasticsearch(site)) new Elasticsearch(`${name}-elasticsearch`, { site }, child);
    if (has(site, "tracing")) new Traces(`${name}-traces`, { site }, child);
    this.registerOutputs();
  }
}
