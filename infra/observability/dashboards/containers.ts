import { BytesIEC, PercentUnit, Short } from "@grafana/grafana-foundation-sdk/units";
import type { Links } from "../links";
import type { Section } from "./dashboard";

/** What containers use, and how many of each there are. (O1) */
export function containerSection(matcher: string, links: Links): Section {
  return {
    title: "Containers",
    panels: [
      {
        title: "CPU",
        unit: Short,
        queries: {
          "{{container}}": `sum by (container) (rate(container_cpu_usage_seconds_total{${matcher},container!=""}[5m]))`,
        },
      },
      {
        title: "Memory",
        unit: BytesIEC,
        queries: {
          "{{container}}": `sum by (container) (container_memory_working_set_bytes{${matcher},container!=""})`,
        },
        runbook: links.runbook("HighMemoryUsage"),
      },
      {
        title: "Replicas, of those that there may be",
        unit: PercentUnit,
        queries: {
          "{{horizontalpodautoscaler}}": `max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas{${matcher}}) / max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_spec_max_replicas{${matcher}})`,
        },
        limit: { above: 1 },
        runbook: links.runbook("AutoscalerAtMaximum"),
      },
      scalingEvents(matcher, links),
    ],
  };
}

/** How often autoscalers have asked for another number of replicas. (001, Infrastructure Dashboard) */
export function scalingEvents(matcher: string, links: Links): Section["panels"][number] {
  return {
    title: "Scaling events in 10 minutes",
    unit: Short,
    queries: {
      "{{namespace}}/{{horizontalpodautoscaler}}": `max by (namespace, horizontalpodautoscaler) (changes(kube_horizontalpodautoscaler_status_desired_replicas{${matcher}}[10m]))`,
    },
    runbook: links.runbook("AutoscalerWithoutMetric"),
  };
}
