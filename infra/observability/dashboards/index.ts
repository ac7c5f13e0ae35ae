import { business } from "./business";
import type { DashboardContext } from "./context";
import type { Dashboard } from "./dashboard";
import { dataStores } from "./data-stores";
import { infrastructure } from "./infrastructure";
import { sla } from "./sla";
import { systemDashboards } from "./systems";

/** Every dashboard that has something to show. (O1) */
export function dashboardsOf(context: DashboardContext): readonly Dashboard[] {
  return [
    ...systemDashboards(context),
    ...[infrastructure, business, sla, dataStores].flatMap((make) => make(context) ?? []),
  ];
}
