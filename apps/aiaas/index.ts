import * as pulumi from "@pulumi/pulumi";
import { hostOf } from "../../infra/config/hosts";
import type { SystemArgs } from "../../infra/systems/definition";
import { dependentPart } from "../dependent-part";
import { createPublicHost } from "../workload/public-host";
import { createAnalytics } from "./analytics";
import { createAnalyticsDatabase } from "./analytics-database";
import { createApiRouter } from "./api-router";
import { type AiaasConfig, host } from "./configuration";
import type { AiaasContext } from "./context";
import { namespaceIn } from "./namespaces";
import { createRabbitmq } from "./rabbitmq";
import { createRecovery } from "./recovery";
import { createRedis } from "./redis";
import { createUserOrganization } from "./user-organization";
import { createUserOrganizationDatabase } from "./user-organization-database";
import { createModelServer } from "./vllm";

/** Arguments of {@link Aiaas}. */
export type AiaasArgs = SystemArgs<AiaasConfig>;

/** The AIaaS platform: an environment of it, and on the cluster's owner the models that all environments use. (002) */
export class Aiaas extends pulumi.ComponentResource {
  constructor(name: string, args: AiaasArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Aiaas", name, {}, options);
    const { site, config, operators } = args;
    const namespace = namespaceIn(site.environment);
    const context: AiaasContext = {
      site,
      config,
      namespace,
      rabbitmq: createRabbitmq(`${name}-rabbitmq`, site, namespace, dependentPart(this, operators.rabbitmq)),
      redis: createRedis(`${name}-redis`, site, namespace, dependentPart(this, operators.redis)),
      analyticsDatabase: createAnalyticsDatabase(site, dependentPart(this, operators.postgresql)),
      userOrganizationDatabase: createUserOrganizationDatabase(
        site,
        dependentPart(this, operators.postgresql),
      ),
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
        host: hostOf({ host }, config, site.environment),
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
