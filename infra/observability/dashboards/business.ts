import { RequestsPerSecond } from "@grafana/grafana-foundation-sdk/units";
import { httpRequests } from "../rules/services";
import type { DashboardContext, DashboardOf } from "./context";
import type { PanelArgs } from "./panel";

/**
 * Who uses what: 001's user engagement and feature adoption, as far as the systems' metrics tell. An endpoint is a feature;
 * what else tells of use each system says itself.
 */
export const business: DashboardOf = (context) => {
  const { site, scopes } = context;
  if (scopes.length === 0) return undefined;
  return {
    name: "business",
    title: "Use of the systems",
    owner: "platform",
    environments: [site.environment],
    sections: [
      { title: "Engagement", panels: engagement(context) },
      { title: "Features", panels: features(context) },
    ],
  };
};

function engagement({ systems, scopes }: DashboardContext): readonly PanelArgs[] {
  return systems.flatMap(({ name, title, settings, observability: { use } }) => {
    const scope = scopes.find(({ owner }) => owner === name);
    if (scope === undefined || use === undefined) return [];
    const panels = use({ matcher: scope.matcher, cards: settings.gpuPool !== undefined });
    return panels.map((panel) => ({ ...panel, title: `${title}: ${panel.title}` }));
  });
}

/** Of systems whose services tell of their endpoints. */
function features({ systems, scopes }: DashboardContext): readonly PanelArgs[] {
  return systems.flatMap(({ name, title, observability: { requests = httpRequests } }) => {
    const scope = scopes.find(({ owner }) => owner === name);
    if (scope === undefined || requests.requests !== httpRequests.requests) return [];
    return [
      {
        title: `${title}: use of features`,
        unit: RequestsPerSecond,
        queries: {
          "{{exported_endpoint}}": `topk(10, sum by (exported_endpoint) (rate(${requests.requests}{${scope.matcher}}[1h])))`,
        },
      },
    ];
  });
}
