import { faultyLines } from "../../platform/log-contract";
import type { RuleGroup, Rules } from "./rule";

/** Lines of a system that has a contract for them. (004) */
export function logLineRules(dashboard: string): Rules {
  const series = `${faultyLines}{log_fault="no_json",log_service="a-service",pod="fluent-bit-x"}`;
  return (): RuleGroup => ({
    name: "log-lines",
    alerts: [
      {
        alert: "LogLinesFaulty",
        expr: `sum by (log_service, log_fault) (increase(${faultyLines}[10m])) > 0`,
        for: "10m",
        severity: "warning",
        summary: "{{ $labels.log_service }} writes lines that break the contract: {{ $labels.log_fault }}",
        description: "{{ $value | humanize }} in ten minutes: searches by request or level miss them.",
        dashboard,
        fires: { series: { [series]: "0+5x40" }, at: "30m" },
        quiet: { series: { [series]: "5x40" }, at: "30m" },
      },
    ],
  });
}
