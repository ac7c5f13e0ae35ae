import { type Pods, pods } from "../network/edge";
import { apart, claim } from "./prometheus";
import { namespacesOf, replicas, type Site } from "./site";
import { resources, type Value, type Values } from "./values";

/** Severities that somebody is told of; each is a receiver, and a key of the Secret that holds their addresses. */
export const severities = ["critical", "warning"] as const;

/** Where Alertmanager finds the Secrets that are mounted for it. */
const secretsFolder = "/etc/alertmanager/secrets";

/** The Alertmanager of a site's cluster. */
export function alertmanager(site: Site): Pods {
  return pods(namespacesOf(site).monitoring, "alertmanager", { "app.kubernetes.io/name": "alertmanager" });
}

/** Values of Alertmanager. (P2, 002) */
export function alertmanagerValues(site: Site): Values {
  const copies = replicas(site, 3);
  const { alertReceivers } = site.settings;
  return {
    podDisruptionBudget: { enabled: copies > 1, minAvailable: copies - 1 },
    config: alertRoutes(alertReceivers),
    alertmanagerSpec: {
      replicas: copies,
      resources: resources({ cpu: "10m", memory: "64Mi", cpuLimit: "200m" }),
      priorityClassName: "data-store",
      storage: { volumeClaimTemplate: claim("standard", "1Gi") },
      secrets: alertReceivers === undefined ? [] : [alertReceivers],
      ...apart(site, copies),
    },
  };
}

/**
 * Who is told of what. Alerts go by severity, those of one cause together; the address that is called stands in a file of
 * a Secret and nowhere else. Without such a Secret alerts can be looked at, and reach nobody. (O2)
 */
function alertRoutes(secret: string | undefined): Values {
  return {
    route: {
      receiver: "null",
      group_by: ["alertname", "namespace", "system"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "12h",
      routes: [
        { receiver: "null", matchers: ['alertname =~ "InfoInhibitor|Watchdog"'] },
        ...severities.map(
          (severity): Value => ({
            receiver: severity,
            matchers: [`severity = "${severity}"`],
            ...(severity === "critical" && { group_wait: "10s", repeat_interval: "1h" }),
          }),
        ),
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
      ...severities.map(
        (severity): Value => ({
          name: severity,
          ...(secret !== undefined && {
            webhook_configs: [{ url_file: `${secretsFolder}/${secret}/${severity}`, send_resolved: true }],
          }),
        }),
      ),
    ],
  };
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
