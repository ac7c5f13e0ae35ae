import * as pulumi from "@pulumi/pulumi";
import { stackSchema, systems } from "../../../apps/registry";
import type { Cluster } from "../../../infra/cluster/cluster";
import type { Site } from "../../../infra/kit/site";
import { closeNetwork, prepareSite } from "../../../infra/platform/prepare-site";
import { declaredBundles, findObject, type RecordedObject, recordedCluster, recordObjects } from "./objects";

/** What a test says of the stack and of its cluster, beside what every test has. */
export interface SiteChanges {
  /** Keys of the stack's configuration. */
  readonly stack?: Readonly<Record<string, unknown>>;
  readonly cluster?: Partial<Cluster>;
}

/** Everything that was registered for a site, for tests. */
export interface Recording {
  /** The objects of a kind; releases are of the kind `Release`. */
  readonly ofKind: (kind: string) => readonly RecordedObject[];
  /** The inputs of the one object of a kind and a name; the test fails where there is none, or more. */
  readonly find: (kind: string, name: string) => RecordedObject["inputs"];
}

/**
 * Builds services on a prepared site, a production cluster over three zones of AWS that Atlas runs on, closes its network, and
 * records every Kubernetes object that is registered.
 */
export async function recordServices(
  build: (site: Site) => void,
  { stack, cluster }: SiteChanges = {},
): Promise<Recording> {
  const objects = await recordObjects();
  const config = stackSchema.parse({
    environment: "production",
    // The cluster is recorded itself.
    clusters: {},
    systems: { atlas: { cluster: "aws" } },
    ...stack,
  });
  const { site, foundation } = prepareSite(recordedCluster(cluster), config, {
    systems,
    bundles: declaredBundles(),
    today: new Date("2026-11-20"),
  });
  build(site);
  closeNetwork(site, foundation, undefined);
  await pulumi.runtime.disconnect();
  return {
    ofKind: (kind) => objects.filter((object) => object.kind === kind),
    find: (kind, name) => findObject(objects, kind, name),
  };
}
