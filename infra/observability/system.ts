import type { Site } from "../kit/site";
import type { Placed, System } from "../systems/system";
import type { Dashboard } from "./dashboards/dashboard";
import type { PanelArgs } from "./dashboards/panel";
import type { Exporter } from "./exposition";
import type { Links } from "./links";
import type { Rules } from "./rules/rule";
import type { RequestMetrics } from "./rules/services";
import type { Scope } from "./scope";

/** What is watched of a system beside what is watched of all. */
export interface SystemObservability {
  /** What its services show to Prometheus, by workload: dashboards and rules may use nothing else of theirs. */
  readonly exporters: Readonly<Record<string, Exporter>>;
  /** What its services tell of the requests that they answer. @default `http_requests_total` and its durations, as 003 has them */
  readonly requests?: RequestMetrics;
  /** @default its requests and containers, by the system's name */
  readonly dashboard?: SystemDashboard;
  /** Rules of its own, beside those of services, objectives and stores. @default none */
  readonly rules?: (context: RulesContext) => readonly Rules[];
  /** Whether its stores have to be as quick as 001's benchmarks. @default false */
  readonly benchmarks?: boolean;
  /** Who uses it: its panels on the dashboard of all systems' use. @default none */
  readonly use?: (context: UseContext) => readonly PanelArgs[];
}

/** A system's definition, as far as it is watched. */
export type WatchedSystem = System & { readonly observability: SystemObservability };

/** The same, as a stack has it. */
export type ObservedSystem = Placed<WatchedSystem>;

/** What a system's dashboard is made from. */
export interface SystemContext {
  readonly site: Site;
  readonly system: ObservedSystem;
  /** The system's environments on the cluster, the stack's own first. */
  readonly scopes: readonly [Scope, ...Scope[]];
  readonly links: Links;
}

/** A dashboard of a system's own. */
export interface SystemDashboard {
  /** The last part of its address. */
  readonly name: string;
  /** @default the system's title */
  readonly title?: string;
  readonly show: (context: SystemContext) => Pick<Dashboard, "sections" | "variables">;
}

/** What rules of a system are made for: one of its environments. */
export interface RulesContext {
  /** Whether model servers with graphics cards run there: environments of other stacks use those of the cluster's own. */
  readonly servesModels: boolean;
  /** The name of the system's dashboard. */
  readonly dashboard: string;
}

/** What panels of a system's use are made from. */
export interface UseContext {
  /** The matcher of the system's namespaces, for a selector of PromQL. */
  readonly matcher: string;
  /** Whether the system has graphics cards in this stack. */
  readonly cards: boolean;
}

/** The name of a system's dashboard. */
export function dashboardOf({ name, observability }: ObservedSystem): string {
  return observability.dashboard?.name ?? name;
}
