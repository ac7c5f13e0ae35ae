import { PercentUnit, RequestsPerSecond, Seconds } from "@grafana/grafana-foundation-sdk/units";
import type { Links } from "../links";
import type { Section } from "./dashboard";

/** How many requests services get, how many fail, and how long they take: by the series that the rules record. (O1) */
export function requestSection(matcher: string, links: Links): Section {
  return {
    title: "Requests",
    panels: [
      {
        title: "Requests",
        unit: RequestsPerSecond,
        queries: { "{{container}}": `service:requests:rate5m{${matcher}}` },
      },
      {
        title: "Errors",
        unit: PercentUnit,
        queries: { "{{container}}": `service:errors:ratio_rate5m{${matcher}}` },
        limit: { above: 0.001 },
        runbook: links.runbook("HighErrorRate"),
      },
      {
        title: "Response time, p95",
        unit: Seconds,
        queries: { "{{container}}": `service:latency_seconds:p95_5m{${matcher}}` },
        limit: { above: 2 },
        runbook: links.runbook("HighLatency"),
      },
    ],
  };
}
