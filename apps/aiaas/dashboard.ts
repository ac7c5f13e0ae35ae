import { CustomVariableBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { PercentUnit, Seconds, Short } from "@grafana/grafana-foundation-sdk/units";
import { containerSection } from "../../infra/observability/dashboards/containers";
import { queuePanel } from "../../infra/observability/dashboards/queue";
import { requestSection } from "../../infra/observability/dashboards/requests";
import type { SystemDashboard } from "../../infra/observability/system";
import { namespaceIn } from "./namespaces";

/** AIaaS by environment, of which several can share the cluster, and by service; the models serve them all. (002, D3) */
export const dashboard: SystemDashboard = {
  name: "aiaas",
  show: ({ system, scopes, links }) => {
    const environments = scopes.map(({ environment }) => environment);
    const [{ environment: first }] = scopes;
    const matcher = 'namespace="$namespace"';
    const models = `namespace="${namespaceIn("shared")}"`;
    return {
      variables: [
        new CustomVariableBuilder("namespace")
          .label("Environment")
          .values(environments.map((environment) => namespaceIn(environment)).join(","))
          .current({ text: namespaceIn(first), value: namespaceIn(first), selected: true }),
      ],
      sections: [
        requestSection(matcher, links),
        {
          title: "Models",
          panels:
            system.settings.gpuPool === undefined
              ? []
              : [
                  {
                    title: "Time to the first token, p95",
                    unit: Seconds,
                    queries: {
                      "{{model_name}}": `histogram_quantile(0.95, sum by (model_name, le) (rate(vllm:time_to_first_token_seconds_bucket{${models}}[5m])))`,
                    },
                  },
                  {
                    title: "Requests",
                    unit: Short,
                    queries: {
                      running: `sum(vllm:num_requests_running{${models}})`,
                      waiting: `sum(vllm:num_requests_waiting{${models}})`,
                    },
                    limit: { above: 50 },
                    runbook: links.runbook("InferenceQueueGrowing"),
                  },
                  {
                    title: "Cache of keys and values",
                    unit: PercentUnit,
                    queries: { "{{pod}}": `max by (pod) (vllm:kv_cache_usage_perc{${models}})` },
                  },
                ],
        },
        {
          title: "Usage events",
          panels: [queuePanel(matcher, links)],
        },
        containerSection(matcher, links),
      ],
    };
  },
};
