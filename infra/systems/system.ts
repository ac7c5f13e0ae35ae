import type { z } from "zod";
import type { BucketGrant } from "../cluster/bucket-grant";
import type { SystemNamespace } from "../cluster/namespaces";
import type { Environment } from "../config/environment";
import type { OptionalService } from "../config/platform";
import type { SystemSettings } from "./section";

/** Kinds of data stores whose operators the platform has. Qdrant needs none. (P8-P13) */
export type StoreKind = "kafka" | "mongodb" | "postgresql" | "qdrant" | "rabbitmq" | "redis";

/** What is known of a workload beside what its component says. */
export interface WorkloadFacts {
  /** Whether its image is the system's own, and so to be built and pushed. @default true */
  readonly ownImage?: boolean;
  /** Whether it exists only where the system has graphics cards. @default false */
  readonly cards?: boolean;
  /** Whether a PostgreSQL that the cloud manages, under the workload's name, may keep its data. (C12) @default false */
  readonly managedDatabase?: boolean;
  /** The one environment that has it. @default all */
  readonly onlyIn?: Environment;
}

/** A store that is backed up, and whose backups are tried every week. (R1, R2) */
export interface SystemBackup {
  /** The name of its folder, its jobs and, after the system's name, its accounts. */
  readonly store: string;
  /** Whether it is a PostgreSQL cluster, which archives its log as well under an account of its own name. @default false */
  readonly archived?: boolean;
  /** The service of the platform whose store it is: without that there is none. @default the system's own */
  readonly service?: OptionalService;
}

/** Where the lines that a system logs go, beside Loki, and what they have to be. (P3) */
export interface SystemLogs {
  /** The index of Elasticsearch, and which files of the nodes' logs go there: `*_NAMESPACE_*`. @default Loki alone */
  readonly elasticsearch?: { readonly index: string; readonly files: string };
  /** Fields that each line has as JSON: one that lacks a field is marked and counted, and an alert tells. @default none */
  readonly fields?: readonly string[];
}

/** What a system is called in Argo CD, and where its manifests are. */
export interface GitOpsNames {
  readonly project: string;
  readonly application: string;
  /** Folder below the `path` of `platform.gitops`. */
  readonly folder: string;
}

/** Parts of the platform that a stack has once, and where one system has its place for them. */
export type HousedPart =
  /** Hosts of Grafana, of traces and of the registry, beside the system's own: `grafana.shop.com` beside `api.shop.com`. */
  | "public-hosts"
  /** MLflow, in the system's namespace. */
  | "model-registry";

/** What decides on what a system is given: its environment, and its section of the stack's configuration. */
export interface SystemInStack {
  readonly environment: Environment;
  readonly settings: SystemSettings;
}

/** What infrastructure knows of a system: data alone. How it is made and watched is in its definition. */
export interface System {
  /** As stack configuration, tags and dashboards name it, for example `search-engine`. */
  readonly name: string;
  /** As people write it: `Search Engine`. */
  readonly title: string;
  /** Its section of a stack's configuration, by `systemSection`. */
  readonly section: z.ZodType<SystemSettings>;
  /** The folder with its bundles of secrets, a file for each. @default it has none */
  readonly secrets?: string;
  /** Where it answers in production. In other environments the environment is a domain within: `api.staging.shop.com`. */
  readonly host: string;
  /** First parts of hosts beside its own that have a load balancer each: `stream` for `stream.shop.com`. @default none */
  readonly loadBalancerHosts?: readonly string[];
  readonly namespaces: readonly SystemNamespace[];
  /** Everything that may be handed a secret, an image or a size, by its name, which is unique among all systems. */
  readonly workloads: Readonly<Record<string, WorkloadFacts>>;
  /** In the order in which alerts tell of them. @default none */
  readonly stores?: readonly StoreKind[];
  /** @default none */
  readonly backups?: readonly SystemBackup[];
  /** What its service accounts may do with buckets, beside its backups. @default nothing */
  readonly grants?: (stack: SystemInStack) => readonly BucketGrant[];
  /** Models of the bucket that it loads, by the names of their folders. @default none */
  readonly models?: readonly string[];
  /** @default Loki takes all lines as they are */
  readonly logs?: SystemLogs;
  /** @default the system's name for each */
  readonly gitops?: GitOpsNames;
  /** @default none */
  readonly houses?: readonly HousedPart[];
}

/** A system as a stack has it. */
export type Placed<Definition extends System = System> = Definition & { readonly settings: SystemSettings };

/** The sections of a stack's systems, by the systems' names. */
export type SystemsConfig = Readonly<Record<string, SystemSettings | undefined>>;

/** The systems that a stack has, in the registry's order. */
export function placeSystems<Definition extends System>(
  systems: readonly Definition[],
  config: SystemsConfig,
): readonly Placed<Definition>[] {
  return systems.flatMap((system) => {
    const settings = config[system.name];
    return settings === undefined ? [] : [{ ...system, settings }];
  });
}

/** The systems that run on a cluster. */
export function systemsOn<Definition extends System>(
  placed: readonly Placed<Definition>[],
  cluster: string,
): readonly Placed<Definition>[] {
  return placed.filter(({ settings }) => settings.cluster === cluster);
}

/** Whether any of the systems has stores of one of the kinds. */
export function useStores(systems: readonly System[], ...kinds: readonly StoreKind[]): boolean {
  return systems.some(({ stores = [] }) => stores.some((store) => kinds.includes(store)));
}

/** The system that has a part of the platform beside it; undefined where none of these has. */
export function houseOf<Definition extends System>(
  systems: readonly Definition[],
  part: HousedPart,
): Definition | undefined {
  return systems.find(({ houses = [] }) => houses.includes(part));
}

/** What a system is called in Argo CD. */
export function gitopsOf({ name, gitops }: System): GitOpsNames {
  return gitops ?? { project: name, application: name, folder: name };
}
