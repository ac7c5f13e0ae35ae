import type { Fault } from "../fault";
import { isOwned } from "../linode-cluster";
import type { Draft } from "./rule";

/**
 * Production's alerts are sent to someone. Where another stack's Prometheus watches, its receivers are used.
 * (P2, O2)
 */
export function alerts({ environment, platform, aws, linode, local }: Draft): readonly Fault[] {
  if (environment !== "production" || platform === undefined) return [];
  const watches =
    aws !== undefined || local !== undefined || (linode !== undefined && isOwned(linode.cluster));
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
