import * as pulumi from "@pulumi/pulumi";
import type { PostgreSql } from "../../infra/data/postgresql";
import type { Site } from "../../infra/platform/site";
import { createAnalytics } from "./analytics";
import { createUserOrganization, type UserOrganizationDatabase } from "./user-organization";

/** Arguments of {@link Aiaas}. */
export interface AiaasArgs {
  readonly site: Site;
}

/** The AIaaS platform. (002) */
export class Aiaas extends pulumi.ComponentResource {
  readonly analytics: PostgreSql;
  readonly userOrganization: UserOrganizationDatabase;

  constructor(name: string, { site }: AiaasArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Aiaas", name, {}, options);
    const child = { parent: this };
    this.analytics = createAnalytics(site, child);
    this.userOrganization = createUserOrganization(site, child);
    this.registerOutputs();
  }
}
