import * as pulumi from "@pulumi/pulumi";
import { Certificates } from "./certificates";
import { ExternalSecrets } from "./external-secrets";
import { SealedSecrets } from "./sealed-secrets";
import { has, type Site } from "./site";

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
    const { secretStore } = site.cluster;
    if (secretStore !== undefined) {
      new ExternalSecrets(`${name}-external-secrets`, { site, store: secretStore }, child);
    }
    if (has(site, "gitops")) new SealedSecrets(`${name}-sealed-secrets`, { site }, child);
    this.registerOutputs();
  }
}
