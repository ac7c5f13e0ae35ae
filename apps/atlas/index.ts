import * as pulumi from "@pulumi/pulumi";
import type { PostgreSql } from "../../infra/data/postgresql";
import type { Qdrant } from "../../infra/data/qdrant";
import type { Site } from "../../infra/platform/site";
import { createFeatureStore } from "./feature-store";
import { createVectors } from "./vectors";

/** Arguments of {@link Atlas}. */
export interface AtlasArgs {
  readonly site: Site;
}

/** Atlas Financial's AI services. (000, 001) */
export class Atlas extends pulumi.ComponentResource {
  readonly featureStore: PostgreSql;
  readonly vectors: Qdrant;

  constructor(name: string, { site }: AtlasArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Atlas", name, {}, options);
    const child = { parent: this };
    this.featureStore = createFeatureStore(site, child);
    this.vectors = createVectors(site, child);
    this.registerOutputs();
  }
}
