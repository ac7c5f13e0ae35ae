import type { Fault } from "../fault";
import { type Draft, viewsOf } from "./rule";

/** Production has receivers for its alerts. Where another stack's Prometheus watches, that stack has them. (P2, O2) */
export function alerts({ environment, platform, ...draft }: Draft): readonly Fault[] {
  if (environment !== "production" || platform === undefined) return [];
  const watches = viewsOf(draft).some(({ view }) => view.owner === undefined);
  if (!watches || platform.without.includes("metrics") || platform.alerts !== undefined) return [];
  return [
    {
      path: ["platform", "alerts"],
      found: "nothing",
      problem: "production's alerts would not be sent to anyone",
      allowed:
        "whom critical alerts, warnings, the watchdog and escalation go to, and where people see who is on call",
      example:
        '{ critical: { type: pagerduty }, warning: { type: slack }, watchdog: { type: webhook }, escalation: { type: pagerduty, afterMinutes: 30 }, onCall: "https://atlas-financial.pagerduty.com/schedules" }',
    },
  ];
}
