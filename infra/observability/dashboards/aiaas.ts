import { CustomVariableBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { PercentUnit, Seconds, Short } from "@grafana/grafana-foundation-sdk/units";
import { namespaceOf } from "../../cluster/namespaces";
import { containerSection } from "./containers";
import type { DashboardOf } from "./context";
import { queuePanel } from "./queue";
import { requestSection } from "./requests";

/** AIaaS by environment, of which several can share the cluster, and by service; the models serve them all. (002, D3) */
export const aiaas: DashboardOf = ({ site, systems, links }) => {
  const environments = systems.filter(({ owner }) => owner === "aiaas").map(({ environment }) => environment);
  const [first] = environments;
  if (first === undefined) return undefined;
  const matcher = 'namespace="$namespace"';
  const models = `namespace="${namespaceOf("aiaas", "shared")}"`;
  return {
    name: "aiaas",
    title: "AIaaS",
    owner: "aiaas",
    environments,
    variables: [
      new CustomVariableBuilder("namespace")
        .label("Environment")
        .values(environments.map((environment) => namespaceOf("aiaas", environment)).join(","))
        .current({ text: namespaceOf("aiaas", first), value: namespaceOf("aiaas", first), selected: true }),
    ],
    sections: [
      requestSection(matcher, links),
      {
        title: "Models",
        panels:
          site.systems.aiaas?.gpuPool === undefined
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
};
