import * as pulumi from "@pulumi/pulumi";
import type { Site } from "../../infra/platform/site";

/** Arguments of {@link Atlas}. */
export interface AtlasArgs {
  readonly site: Site;
}

/** Atlas Financial's AI services. (000, 001) */
export class Atlas extends pulumi.ComponentResource {
  constructor(name: string, _args: AtlasArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Atlas", name, {}, options);
    this.registerOutputs();
  }
}
