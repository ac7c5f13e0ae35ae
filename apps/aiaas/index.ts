import * as pulumi from "@pulumi/pulumi";
import { namespaceOf } from "../../infra/cluster/namespaces";
import { hostOf } from "../../infra/config/hosts";
import type { Site } from "../../infra/kit/site";
import type { DataOperators } from "../../infra/platform/data-operators";
import { partAfter } from "../after";
import { createPublicHost } from "../workload/public-host";
import { createAnalytics } from "./analytics";
import { createAnalyticsDatabase } from "./analytics-database";
import { createApiRouter } from "./api-router";
import type { AiaasContext } from "./context";
import { createRabbitmq } from "./rabbitmq";
import { createRecovery } from "./recovery";
import { createRedis } from "./redis";
import { createUserOrganization } from "./user-organization";
import { createUserOrganizationDatabase } from "./user-organization-database";
import { createModelServer } from "./vllm";

/** Arguments of {@link Aiaas}. */
export interface AiaasArgs {
  readonly site: Site;
  readonly config: AiaasContext["config"];
  /** What looks after the system's data stores. */
  readonly operators: DataOperators;
}

/** The AIaaS platform: an environment of it, and on the cluster's owner the models that all environments use. (002) */
export class Aiaas extends pulumi.ComponentResource {
  constructor(name: string, args: AiaasArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Aiaas", name, {}, options);
    const { site, config, operators } = args;
    const namespace = namespaceOf("aiaas", site.environment);
    const context: AiaasContext = {
      site,
      config,
      namespace,
      rabbitmq: createRabbitmq(`${name}-rabbitmq`, site, namespace, partAfter(this, operators.rabbitmq)),
      redis: createRedis(`${name}-redis`, site, namespace, partAfter(this, operators.redis)),
      analyticsDatabase: createAnalyticsDatabase(site, partAfter(this, operators.postgresql)),
      userOrganizationDatabase: createUserOrganizationDatabase(site, partAfter(this, operators.postgresql)),
      models: createModelServer(`${name}-vllm`, { site, config }, this),
    };

    const userOrganization = createUserOrganization(`${name}-user-organization`, context, this);
    const analytics = createAnalytics(`${name}-analytics`, context, this);
    const router = createApiRouter(`${name}-api-router`, context, { userOrganization, analytics }, this);
    createRecovery(`${name}-recovery`, context, this);
    createPublicHost(
      `${name}-ingress`,
      {
        site,
        namespace,
        ingress: "api-router-ingress",
        host: hostOf("aiaas", config, site.environment),
        certificate: "api-router-tls",
        routes: [{ path: "/", service: router, port: "http" }],
        largestBody: "10m",
        // Long answers of a model.
        timeoutSeconds: 300,
      },
      this,
    );
    this.registerOutputs();
  }
}
