import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster";
import { ClusterFoundation } from "../cluster/foundation";
import { meshedNamespaces } from "../cluster/namespaces";
import type { StackConfig } from "../config/stack";
import { DefinitionSets } from "../kit/definitions";
import { type Site, systemsAt } from "../kit/site";
import { ClusterNetwork, NetworkPolicies } from "../network/cluster-network";
import { MeshPolicies } from "../network/mesh-policies";
import type { Bundle } from "../secrets/bundle";
import { SecretBundles } from "../secrets/secret-bundles";
import { placeSystems, type System } from "../systems/system";
import { charts } from "./charts";

/** What a stack's configuration says of each of its sites. */
export type SiteConfig = Pick<
  StackConfig,
  "environment" | "systems" | "platform" | "protectData" | "sizes" | "secrets" | "rotate"
>;

/** What all sites of a program have in common, beside configuration. */
export interface SiteSurroundings {
  /** Every system that a stack may run. */
  readonly systems: readonly System[];
  /** Every bundle of secrets that the repository declares. */
  readonly bundles: readonly Bundle[];
  /** The day that decides which secrets are due. */
  readonly today: Date;
}

/** A cluster made ready for services and systems: its foundation, its definitions, its secrets, its network. */
export interface PreparedSite {
  readonly site: Site;
  readonly foundation: ClusterFoundation;
}

/** Prepares a cluster for everything that is deployed to it. */
export function prepareSite(
  cluster: Cluster,
  config: SiteConfig,
  { systems: declared, bundles, today }: SiteSurroundings,
): PreparedSite {
  const { environment, platform: settings, protectData } = config;
  const systems = placeSystems(declared, config.systems);
  const { name } = cluster;
  const foundation = new ClusterFoundation(`${name}-foundation`, {
    cluster,
    environment,
    systems,
    without: settings.without,
    protectData,
  });
  const namespace = (wanted: string): pulumi.Resource | undefined => foundation.namespace(wanted);
  const definitions = new DefinitionSets(`${name}-definitions`, {
    cluster,
    mirror: settings.mirror,
    protectData,
  });
  return {
    foundation,
    site: {
      cluster,
      environment,
      systems,
      settings,
      sizes: config.sizes,
      protectData,
      network: new ClusterNetwork(),
      watched: [],
      secrets: new SecretBundles(`${name}-secrets`, {
        cluster,
        bundles,
        given: config.secrets,
        rotation: { today, now: config.rotate },
        namespace,
      }),
      definitions,
      monitorDefinitions: settings.without.includes("metrics")
        ? undefined
        : definitions.of(charts.kubePrometheusStack),
      namespace,
    },
  };
}

/**
 * Compiles the declared calls of a site into its policies: the last step for a site.
 *
 * @param meshControlPlane the mesh's control plane; undefined where another stack installs it, or where there
 *   is none
 */
export function closeNetwork(
  site: Site,
  foundation: ClusterFoundation,
  meshControlPlane: pulumi.Resource | undefined,
): void {
  const { cluster, network, settings, namespace } = site;
  const meshed = !settings.without.includes("mesh");
  new NetworkPolicies(`${cluster.name}-network`, {
    cluster,
    network,
    namespace,
    owns: (name) => foundation.owns(name),
    mesh: meshed,
  });
  if (!meshed) return;
  const members = meshedNamespaces(systemsAt(site));
  new MeshPolicies(`${cluster.name}-mesh-policies`, {
    cluster,
    network,
    namespaces: foundation.namespaces.filter((name) => members.has(name)),
    isMember: (name) => members.has(name),
    namespace,
    meshControlPlane,
  });
}
