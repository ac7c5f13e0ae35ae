import { escalatedAlert } from "../../platform/alertmanager";
import type { Rules } from "./rule";

/** A critical alert of production that goes on firing: the next person is called. (O2, 001) */
export function escalationRules(afterMinutes: number): Rules {
  return () => {
    const critical = 'ALERTS{alertname="ServiceDown",alertstate="firing",severity="critical",namespace="a"}';
    return {
      name: "escalation",
      alerts: [
        {
          alert: escalatedAlert,
          // Alerts of charts name no environment: they are this cluster's.
          expr: `max by (cause, namespace) (label_replace(ALERTS{alertstate="firing",severity="critical",environment!~"development|staging",alertname!="${escalatedAlert}"}, "cause", "$1", "alertname", "(.+)")) > 0`,
          for: `${afterMinutes}m`,
          severity: "critical",
          summary: "{{ $labels.cause }} in {{ $labels.namespace }} still fires",
          description: `It has fired for ${afterMinutes} minutes: the person called first may not have been reached.`,
          dashboard: "infrastructure",
          fires: { series: { [critical]: `1x${afterMinutes + 30}` }, at: `${afterMinutes + 10}m` },
          quiet: {
            series: { [critical]: `1x${Math.max(afterMinutes - 3, 1)} stale` },
            at: `${afterMinutes + 10}m`,
          },
        },
      ],
    };
  };
}
