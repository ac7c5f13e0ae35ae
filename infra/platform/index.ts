import * as pulumi from "@pulumi/pulumi";
import { Certificates } from "./certificates";
import { MongodbOperator } from "./mongodb-operator";
import { PostgresqlOperator } from "./postgresql-operator";
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
    const certificates = new Certificates(`${name}-certificates`, { site }, child);
    const afterCertificates = { ...child, dependsOn: [certificates] };
    if (runs(site, "atlas") || runs(site, "aiaas") || runs(site, "ai-middleware")) {
      new PostgresqlOperator(`${name}-postgresql`, { site }, afterCertificates);
    }
    if (runs(site, "ai-middleware")) new MongodbOperator(`${name}-mongodb`, { site }, child);
    this.registerOutputs();
  }
}
