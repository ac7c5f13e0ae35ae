import * as pulumi from "@pulumi/pulumi";
import { namespaceOf } from "../../infra/cluster/namespaces";
import type { MongoDb } from "../../infra/data/mongodb";
import type { PostgreSql } from "../../infra/data/postgresql";
import type { Site } from "../../infra/platform/site";
import type { SecretReference } from "../../infra/secrets/secret-bundles";
import { createDocuments } from "./documents";
import { createTimeSeries } from "./time-series";

/** Arguments of {@link AiMiddleware}. */
export interface AiMiddlewareArgs {
  readonly site: Site;
}

/** The AI Middleware. (003) */
export class AiMiddleware extends pulumi.ComponentResource {
  readonly documents: MongoDb;
  readonly timeSeries: PostgreSql;
  /** Where the containers find every store. (003) */
  readonly secrets: SecretReference;

  constructor(name: string, { site }: AiMiddlewareArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:AiMiddleware", name, {}, options);
    const child = { parent: this };
    this.documents = createDocuments(site, child);
    this.timeSeries = createTimeSeries(site, child);
    this.secrets = site.secrets.provide(namespaceOf("ai-middleware", "shared"), "ai-middleware-secrets", {
      "mongodb-uri": this.documents.connectionString,
      "timescale-uri": this.timeSeries.connectionString,
    });
    this.registerOutputs();
  }
}
