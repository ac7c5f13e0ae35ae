import { dashboardOf, type SystemContext } from "../system";
import { containerSection } from "./containers";
import type { DashboardContext } from "./context";
import type { Dashboard } from "./dashboard";
import { requestSection } from "./requests";

/** The dashboard of each system on the cluster. (O1) */
export function systemDashboards({ site, systems, scopes, links }: DashboardContext): readonly Dashboard[] {
  return systems.flatMap((system) => {
    const [first, ...others] = scopes.filter(({ owner }) => owner === system.name);
    if (first === undefined) return [];
    const context: SystemContext = { site, system, scopes: [first, ...others], links };
    const { dashboard } = system.observability;
    return [
      {
        name: dashboardOf(system),
        title: dashboard?.title ?? system.title,
        owner: system.name,
        environments: context.scopes.map(({ environment }) => environment),
        ...(dashboard?.show ?? common)(context),
      },
    ];
  });
}

/** What every system has to show. */
function common({ scopes, links }: SystemContext): Pick<Dashboard, "sections"> {
  const [{ matcher }] = scopes;
  return { sections: [requestSection(matcher, links), containerSection(matcher, links)] };
}
