import { ConfigGroup } from "@pulumi/kubernetes/yaml/v2";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster";
import type { MirrorConfig } from "../config/platform";
import type { Chart } from "./chart";
import { withoutDescriptions } from "./definition-documentation";
import { manifestAddress } from "./mirror";

/** Arguments of {@link DefinitionSets}. */
export interface DefinitionSetsArgs {
  readonly cluster: Cluster;
  readonly mirror: MirrorConfig | undefined;
  /** Whether definitions are protected: with a definition all objects of its kind go, databases included. */
  readonly protectData: boolean;
}

/**
 * The custom resource definitions that charts keep in their `crds/` folder. Helm installs such once and never again, so
 * that after an upgrade an operator meets objects that its API server does not know. Here they are resources: each chart's
 * are fetched at the chart's version, diffed in the preview, and there before the chart's release.
 */
export class DefinitionSets extends pulumi.ComponentResource {
  private readonly sets = new Map<string, pulumi.Resource>();

  constructor(
    private readonly name: string,
    private readonly args: DefinitionSetsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:platform:DefinitionSets", name, {}, options);
  }

  /**
   * What a chart's release depends on; undefined when Helm manages the chart's definitions, or the cluster's
   * own stack does: destroying a guest must not delete the definitions, and with them every stack's objects.
   */
  of({ name, definitions }: Pick<Chart, "name" | "definitions">): pulumi.Resource | undefined {
    const { cluster, mirror, protectData } = this.args;
    if (definitions === undefined || !cluster.owned) return undefined;
    const known = this.sets.get(name);
    if (known !== undefined) return known;
    const made = new ConfigGroup(
      `${this.name}-${name}`,
      { files: definitions.map((address) => manifestAddress(address, mirror)) },
      {
        parent: this,
        provider: cluster.provider,
        protect: protectData,
        retainOnDelete: protectData,
        transforms: [withoutDescriptions],
      },
    );
    this.sets.set(name, made);
    return made;
  }
}
