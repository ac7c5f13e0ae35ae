import * as pulumi from "@pulumi/pulumi";
import type { Site } from "../../infra/platform/site";

/** Arguments of {@link Aiaas}. */
export interface AiaasArgs {
  readonly site: Site;
}

/** The AIaaS platform. (002) */
export class Aiaas extends pulumi.ComponentResource {
  constructor(name: string, _args: AiaasArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Aiaas", name, {}, options);
    this.registerOutputs();
  }
}
