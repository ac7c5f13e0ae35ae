import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster";
import { namespaceOf, type PlatformNamespaces, platformNamespaces } from "../cluster/namespaces";
import type { Environment } from "../config/environment";
import type { OptionalService, PlatformConfig } from "../config/platform";
import type { SizesConfig } from "../config/sizes";
import type { ClusterNetwork } from "../network/cluster-network";
import type { SecretBundles } from "../secrets/secret-bundles";
import {
  type HousedPart,
  houseOf,
  type Placed,
  type StoreKind,
  type System,
  systemsOn,
  useStores,
} from "../systems/system";
import type { DefinitionSets } from "./definitions";

/** One cluster as the platform's services, the data stores and the systems see it. */
export interface Site {
  readonly cluster: Cluster;
  readonly environment: Environment;
  /** The stack's systems, on whichever of its clusters. */
  readonly systems: readonly Placed[];
  /** How the stack wants the platform's services. */
  readonly settings: PlatformConfig;
  /** Sizes of workloads that the stack wants different. */
  readonly sizes: SizesConfig;
  /** Whether data is protected from deletion. */
  readonly protectData: boolean;
  /** Collects declared calls. */
  readonly network: ClusterNetwork;
  /** Collects the data stores whose loss an alert has to tell. */
  readonly watched: WatchedStore[];
  /** Every secret of the stack, by bundle. */
  readonly secrets: SecretBundles;
  /** Custom resource definitions that Helm does not look after. */
  readonly definitions: DefinitionSets;
  /** The definitions of ServiceMonitor, PodMonitor and PrometheusRule; undefined where the stack does not make them. */
  readonly monitorDefinitions: pulumi.Resource | undefined;
  /** The resource that makes a namespace; undefined where another stack did. */
  readonly namespace: (name: string) => pulumi.Resource | undefined;
}

/** A data store, as Prometheus reads it. Its exporter goes with its pod: only what is missing tells that it is gone. */
export interface WatchedStore {
  readonly namespace: string;
  readonly store: string;
  /** The label `job` of its members' metrics. */
  readonly job: string;
  /** How many members there are. */
  readonly members: number;
}

/** Whether the stack has an optional service. */
export function has({ settings }: Site, service: OptionalService): boolean {
  return !settings.without.includes(service);
}

/** The systems that run on the site's cluster. */
export function systemsAt({ systems, cluster }: Pick<Site, "systems" | "cluster">): readonly Placed[] {
  return systemsOn(systems, cluster.name);
}

/** The definitions of the systems that run on the site's cluster, as the stack has them. */
export function definedAt<Definition extends System>(
  site: Pick<Site, "systems" | "cluster">,
  definitions: readonly Definition[],
): readonly Placed<Definition>[] {
  return systemsAt(site).flatMap(({ name, settings }) =>
    definitions.filter((one) => one.name === name).map((definition) => ({ ...definition, settings })),
  );
}

/** Whether a system on the site's cluster has stores of one of the kinds. */
export function hasStores(site: Site, ...kinds: readonly StoreKind[]): boolean {
  return useStores(systemsAt(site), ...kinds);
}

/** The system on the site's cluster that has a part of the platform beside it; undefined where none has. */
export function houseAt(site: Site, part: HousedPart): Placed | undefined {
  return houseOf(systemsAt(site), part);
}

/** How many of something that can run alone: its number where availability is high, else one. */
export function replicas({ settings }: Site, number: number): number {
  return settings.availability === "high" ? number : 1;
}

/** Where the platform's concerns live on the site's cluster. */
export function namespacesOf(site: Site): PlatformNamespaces {
  return platformNamespaces(systemsAt(site));
}

/** Another stack's environment of a system on the site's cluster. (D3) */
export interface Guest {
  readonly system: Placed;
  readonly environment: Environment;
  readonly namespace: string;
}

/** Environments of other stacks that share the site's cluster. (D3) */
export function guestsOf(site: Site): readonly Guest[] {
  return systemsAt(site).flatMap((system) =>
    (system.settings.sharedWith ?? []).map((environment) => ({
      system,
      environment,
      namespace: namespaceOf(system, environment),
    })),
  );
}

/** Options of a child: where it goes, and after what. */
export interface ChildOptions {
  readonly parent: pulumi.Resource;
  readonly provider: pulumi.ProviderResource;
  readonly dependsOn: pulumi.Resource[];
}

/** The same options, and after some more resources. */
export function afterAlso(
  options: ChildOptions,
  ...more: readonly (pulumi.Resource | undefined)[]
): ChildOptions {
  return {
    ...options,
    dependsOn: [...options.dependsOn, ...more.filter((resource) => resource !== undefined)],
  };
}

/**
 * Options of a child in a namespace of the site: it goes to the site's cluster, after its namespace and whatever else it
 * needs.
 */
export function childOptions(
  parent: pulumi.Resource,
  site: Site,
  namespace: string,
  ...after: readonly (pulumi.Resource | undefined)[]
): ChildOptions {
  const before = [site.namespace(namespace), ...after].filter((resource) => resource !== undefined);
  return { parent, provider: site.cluster.provider, dependsOn: before };
}
