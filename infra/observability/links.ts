import { namespacesOf, type Site } from "../kit/site";
import { grafanaHost, grafanaService } from "../platform/grafana";

/** Where people read more. */
export interface Links {
  /** A dashboard, by the last part of its address. */
  readonly dashboard: (name: string) => string;
  /** The page of an alert's runbook, which is a file of docs/runbooks. */
  readonly runbook: (name: string) => string;
  /** Address of the on-call schedule; undefined where there is none. */
  readonly onCall?: string;
}

/** The links of a site: dashboards at Grafana's host, or through `kubectl port-forward` where it has none. */
export function linksOf(site: Site): Links {
  const host = grafanaHost(site);
  const grafana =
    host === undefined ? `http://${grafanaService}.${namespacesOf(site).monitoring}.svc` : `https://${host}`;
  return {
    dashboard: (name) => `${grafana}/d/${name}`,
    runbook: (name) => `${site.settings.runbooks}/${name}.md`,
    ...(site.settings.alerts && { onCall: site.settings.alerts.onCall }),
  };
}
