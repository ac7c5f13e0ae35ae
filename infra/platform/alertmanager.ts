import type { AlertsConfig, ReceiverType } from "../config/alerts";
import { namespacesOf, replicas, type Site } from "../kit/site";
import { resources, type Value, type Values } from "../kit/values";
import { internet, type Pods, pods } from "../network/edge";
import type { SecretReference } from "../secrets/secret-bundles";
import { apart, claim } from "./prometheus";

/** The bundle with the address or key of each receiver, by its name. */
const receiverSecret = "alert-receivers";

/** Where Alertmanager finds the Secrets that are mounted for it. */
const secretsFolder = "/etc/alertmanager/secrets";

/** Whom alerts are told; each has a key of its name in the Secret. */
const receiverNames = ["critical", "warning", "watchdog", "escalation"] as const;

type ReceiverName = (typeof receiverNames)[number];

/** The alert that fires while a critical one goes on firing. */
export const escalatedAlert = "CriticalAlertUnattended";

/** The hosts of the services that are told; of a webhook only the secret says. */
const hostsOf: Readonly<Record<ReceiverType, string>> = {
  msteams: "*",
  pagerduty: "events.pagerduty.com",
  slack: "hooks.slack.com",
  webhook: "*",
};

/** The Alertmanager of a site's cluster. */
export function alertmanager(site: Site): Pods {
  return pods(namespacesOf(site).monitoring, "alertmanager", { "app.kubernetes.io/name": "alertmanager" });
}

/** Makes the Secret of the receivers, where the stack names any. */
export function provideReceivers(site: Site): SecretReference | undefined {
  return site.settings.alerts && site.secrets.provide(namespacesOf(site).monitoring, receiverSecret);
}

/** Lets Alertmanager reach its receivers. */
export function allowReceivers(site: Site): void {
  const { alerts } = site.settings;
  if (alerts === undefined) return;
  const hosts = [...new Set(receiverNames.map((name) => hostsOf[alerts[name].type]))];
  site.network.allow(alertmanager(site), internet(...(hosts.includes("*") ? ["*"] : hosts)), 443);
}

/** Values of Alertmanager. (P2, 002) */
export function alertmanagerValues(site: Site): Values {
  const copies = replicas(site, 3);
  const { alerts } = site.settings;
  return {
    podDisruptionBudget: { enabled: copies > 1, minAvailable: copies - 1 },
    config: alertRoutes(alerts),
    alertmanagerSpec: {
      replicas: copies,
      resources: resources({ cpu: "10m", memory: "64Mi", cpuLimit: "200m" }),
      priorityClassName: "data-store",
      storage: { volumeClaimTemplate: claim("standard", "1Gi") },
      secrets: alerts === undefined ? [] : [receiverSecret],
      ...apart(site, copies),
    },
  };
}

/**
 * Routing of alerts. Critical alerts of production call someone; those of other environments, the charts' own
 * included, are handled like warnings. Prometheus adds its environment to alerts that name none. Addresses
 * are only in files of a Secret. Without receivers alerts can be viewed, but are sent nowhere. (O2)
 */
function alertRoutes(alerts: AlertsConfig | undefined): Values {
  const to = (name: ReceiverName) => (alerts === undefined ? "null" : name);
  return {
    route: {
      receiver: "null",
      group_by: ["alertname", "namespace", "system"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "12h",
      routes: [
        // Always firing: its receiver notices when it stops.
        {
          receiver: to("watchdog"),
          matchers: ['alertname = "Watchdog"'],
          group_wait: "0s",
          group_interval: "1m",
          repeat_interval: "5m",
        },
        { receiver: "null", matchers: ['alertname = "InfoInhibitor"'] },
        {
          receiver: to("escalation"),
          matchers: [`alertname = "${escalatedAlert}"`],
          group_wait: "0s",
          repeat_interval: "1h",
        },
        {
          receiver: to("critical"),
          matchers: ['severity = "critical"', 'environment = "production"'],
          group_wait: "10s",
          repeat_interval: "1h",
        },
        { receiver: to("warning"), matchers: ['severity =~ "critical|warning"'] },
      ],
    },
    inhibit_rules: inhibitions.map(
      ({ while: source, quiet, of }): Value => ({
        source_matchers: [source],
        target_matchers: [quiet],
        equal: of,
      }),
    ),
    receivers: [
      { name: "null" },
      ...(alerts === undefined ? [] : receiverNames.map((name) => receiverOf(name, alerts[name].type))),
    ],
  };
}

function receiverOf(name: ReceiverName, type: ReceiverType): Value {
  const file = `${secretsFolder}/${receiverSecret}/${name}`;
  const common = { send_resolved: name !== "watchdog" };
  switch (type) {
    case "msteams":
      return { name, msteamsv2_configs: [{ webhook_url_file: file, ...common }] };
    case "pagerduty":
      return { name, pagerduty_configs: [{ routing_key_file: file, ...common }] };
    case "slack":
      return { name, slack_configs: [{ api_url_file: file, ...common }] };
    case "webhook":
      return { name, webhook_configs: [{ url_file: file, ...common }] };
  }
}

/** While an alert fires, others of the same labels tell nothing new. */
interface Inhibition {
  readonly while: string;
  readonly quiet: string;
  /** Labels that both must have in common. */
  readonly of: readonly string[];
}

/** One message for one cause: the worse alert, or the one that the others follow from. (O2) */
const inhibitions: readonly Inhibition[] = [
  { while: 'severity = "critical"', quiet: 'severity =~ "warning|info"', of: ["alertname", "namespace"] },
  // The chart's own: what is only of interest beside something worse.
  { while: 'alertname = "InfoInhibitor"', quiet: 'severity = "info"', of: ["namespace"] },
  {
    while: 'alertname = "ServiceDown"',
    quiet: 'alertname =~ "HighLatency|HighErrorRate|ErrorBudgetBurn.*|HighInferenceLatency"',
    of: ["namespace", "container"],
  },
  {
    while: 'alertname = "ErrorBudgetBurnFast"',
    quiet: 'alertname =~ "ErrorBudgetBurnSlow|HighErrorRate"',
    of: ["namespace", "container"],
  },
  {
    while: 'alertname = "VolumeFull"',
    quiet: 'alertname = "VolumeNearlyFull"',
    of: ["namespace", "persistentvolumeclaim"],
  },
];
