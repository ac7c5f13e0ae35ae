import type { Site } from "../../kit/site";
import type { Links } from "../links";
import type { Scope } from "../scope";
import type { ObservedSystem } from "../system";
import type { Dashboard } from "./dashboard";

/** What dashboards are made from. */
export interface DashboardContext {
  readonly site: Site;
  /** The systems of the site's cluster. */
  readonly systems: readonly ObservedSystem[];
  /** The same, by environment. */
  readonly scopes: readonly Scope[];
  readonly links: Links;
}

/** Makes a dashboard; undefined where its cluster has nothing to show on it. */
export type DashboardOf = (context: DashboardContext) => Dashboard | undefined;
