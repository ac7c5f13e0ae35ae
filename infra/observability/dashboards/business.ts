import { RequestsPerSecond, Short } from "@grafana/grafana-foundation-sdk/units";
import type { Owner } from "../scope";
import type { DashboardOf } from "./context";
import type { PanelArgs } from "./panel";

/**
 * Who uses what: 001's user engagement and feature adoption, as far as the systems' metrics tell. An endpoint is a feature;
 * an open WebSocket is a user who looks on.
 */
export const business: DashboardOf = ({ site, systems }) => {
  if (systems.length === 0) return undefined;
  const panelsOf = (
    owner: Owner,
    panels: (matcher: string) => readonly PanelArgs[],
  ): readonly PanelArgs[] => {
    const scope = systems.find((each) => each.owner === owner);
    return scope === undefined ? [] : panels(scope.matcher);
  };
  const features = (title: string, matcher: string): PanelArgs => ({
    title: `${title}: use of features`,
    unit: RequestsPerSecond,
    queries: {
      "{{exported_endpoint}}": `topk(10, sum by (exported_endpoint) (rate(http_requests_total{${matcher}}[1h])))`,
    },
  });
  return {
    name: "business",
    title: "Use of the systems",
    owner: "platform",
    environments: [site.environment],
    sections: [
      {
        title: "Engagement",
        panels: [
          ...panelsOf("atlas", (matcher): readonly PanelArgs[] => [
            {
              title: "Atlas: users on Market Data",
              unit: Short,
              queries: { connections: `sum(websocket_connections{${matcher}})` },
            },
            {
              title: "Atlas: predictions in a day",
              kind: "number",
              unit: Short,
              queries: {
                predictions: `sum(increase(model_inference_duration_seconds_count{${matcher}}[1d]))`,
              },
            },
          ]),
          ...panelsOf("ai-middleware", (matcher) => [
            {
              title: "AI Middleware: calls of providers in a day",
              kind: "number",
              unit: Short,
              queries: { "{{provider}}": `sum by (provider) (increase(ai_requests_total{${matcher}}[1d]))` },
            },
          ]),
          ...(site.systems.aiaas?.gpuPool === undefined
            ? []
            : panelsOf("aiaas", (matcher) => [
                {
                  title: "AIaaS: tokens generated in a day",
                  kind: "number",
                  unit: Short,
                  queries: { tokens: `sum(increase(vllm:generation_tokens_total{${matcher}}[1d]))` },
                },
              ])),
          ...panelsOf("market-research", (matcher) => [
            {
              title: "MarketResearchAI: inferences in a day",
              kind: "number",
              unit: Short,
              queries: { inferences: `sum(increase(inference_requests_total{${matcher}}[1d]))` },
            },
          ]),
        ],
      },
      {
        title: "Features",
        panels: [
          ...panelsOf("atlas", (matcher) => [features("Atlas", matcher)]),
          ...panelsOf("aiaas", (matcher) => [features("AIaaS", matcher)]),
          ...panelsOf("ai-middleware", (matcher) => [features("AI Middleware", matcher)]),
        ],
      },
    ],
  };
};
