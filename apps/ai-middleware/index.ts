import * as pulumi from "@pulumi/pulumi";
import type { Site } from "../../infra/platform/site";

/** Arguments of {@link AiMiddleware}. */
export interface AiMiddlewareArgs {
  readonly site: Site;
}

/** The AI Middleware. (003) */
export class AiMiddleware extends pulumi.ComponentResource {
  constructor(name: string, _args: AiMiddlewareArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:AiMiddleware", name, {}, options);
    this.registerOutputs();
  }
}
