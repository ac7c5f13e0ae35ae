import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Pool } from "../../../infra/cluster/cluster";
import type { Environment } from "../../../infra/config/environment";
import { DefinitionSets } from "../../../infra/kit/definitions";
import type { Site } from "../../../infra/kit/site";
import { ClusterNetwork } from "../../../infra/network/cluster-network";
import type { Bundle } from "../../../infra/secrets/bundle";
import { SecretBundles } from "../../../infra/secrets/secret-bundles";
import { declaredBundles, findObject, type RecordedObject, recordedCluster, recordObjects } from "./objects";

/** What a test changes of the site on which it builds, and of the site's cluster. */
export interface SiteChanges extends Partial<Omit<Cluster, "provider">> {
  readonly environment?: Environment;
  readonly systems?: Site["systems"];
  readonly settings?: Partial<Site["settings"]>;
  readonly sizes?: Site["sizes"];
  readonly bundles?: readonly Bundle[];
}

/** The pool that the cluster has, unless a test says otherwise. */
export const generalPool: Pool = {
  name: "general",
  labels: {},
  taints: [],
  allocatable: { cpuMillis: 7910, memoryMib: 28_000 },
  spot: false,
  minimum: 3,
  maximum: 9,
  zones: ["a", "b", "c"],
};

/** What building on a site left behind. */
export interface Recorded<T> {
  readonly built: T;
  readonly objects: readonly RecordedObject[];
  readonly site: Site;
}

/** Builds something on a site without any cloud, and returns it with the Kubernetes objects that it registers. */
export async function record<T>(
  build: (site: Site) => T,
  { environment = "production", systems = [], settings, sizes = {}, bundles, ...changes }: SiteChanges = {},
): Promise<Recorded<T>> {
  const objects = await recordObjects();
  const cluster = recordedCluster({ pools: [generalPool], ...changes });
  const definitions = new DefinitionSets("definitions", { cluster, mirror: undefined, protectData: true });
  const site: Site = {
    cluster,
    environment,
    systems,
    settings: {
      availability: "high",
      without: [],
      issuer: "letsencrypt",
      contact: "platform@example.com",
      runbooks: "https://example.com/runbooks",
      ...settings,
    },
    sizes,
    protectData: true,
    network: new ClusterNetwork(),
    watched: [],
    secrets: recordedSecrets(cluster, bundles ?? declaredBundles()),
    definitions,
    monitorDefinitions: definitions,
    namespace: () => undefined,
  };
  try {
    const built = build(site);
    return { built, objects, site };
  } finally {
    await pulumi.runtime.disconnect();
  }
}

/** Secrets of a stack that was given every one that its bundles ask for. */
export function recordedSecrets(cluster: Site["cluster"], bundles: readonly Bundle[]): SecretBundles {
  const given = bundles.map(({ name, keys }) => [
    name,
    Object.fromEntries(Object.keys(keys).map((key) => [key, pulumi.secret(`given ${key}`)])),
  ]);
  return new SecretBundles("secrets", {
    cluster,
    bundles,
    given: Object.fromEntries(given),
    rotation: { today: new Date("2026-11-20"), now: {} },
    namespace: () => undefined,
  });
}

/** The one object of a kind, or what it has at a path such as `spec.template.spec.containers.0`. */
export function only(objects: readonly RecordedObject[], kind: string, path = ""): unknown {
  const found = objects.filter((object) => object.kind === kind);
  expect(found.map(({ logicalName }) => logicalName)).toHaveLength(1);
  return at(found[0]?.inputs, path);
}

/** The one object of a kind and a name, or what it has at a path. */
export function named(objects: readonly RecordedObject[], kind: string, name: string, path = ""): unknown {
  return at(findObject(objects, kind, name), path);
}

function at(inputs: unknown, path: string): unknown {
  return path
    .split(".")
    .filter(Boolean)
    .reduce<unknown>((value, step) => valueAt(value, step), inputs);
}

function valueAt(value: unknown, step: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === step)?.[1];
}
