import { z } from "zod";
import { named, record, type SiteChanges } from "../../test/support/recorded/site";
import { placed } from "../../test/support/systems";
import { alertsSchema } from "../config/alerts";
import { Metrics } from "./metrics";

const withAtlas = placed({ atlas: { cluster: "aws" } });

async function metrics(changes: SiteChanges = {}) {
  const recorded = await record((site) => {
    new Metrics("metrics", { site, certificates: site.cluster.provider });
  }, changes);
  const release = recorded.objects.find(({ kind }) => kind === "Release")?.inputs;
  return { ...recorded, release };
}

test("30 days and 50 GB on a volume that holds them, read every 30 seconds, by two (P2, 001)", async () => {
  const { release } = await metrics();
  expect(release).toMatchObject({
    values: {
      prometheus: {
        prometheusSpec: {
          replicas: 2,
          scrapeInterval: "30s",
          retention: "30d",
          retentionSize: "50GB",
          storageSpec: { volumeClaimTemplate: { spec: { resources: { requests: { storage: "64Gi" } } } } },
        },
      },
      alertmanager: { alertmanagerSpec: { replicas: 3 }, podDisruptionBudget: { minAvailable: 2 } },
    },
  });
});

test("one of each on a laptop, and no budget that would keep it from being drained", async () => {
  const { release } = await metrics({ settings: { availability: "single" } });
  expect(release).toMatchObject({
    values: {
      prometheus: { prometheusSpec: { replicas: 1 }, podDisruptionBudget: { enabled: false } },
      alertmanager: { alertmanagerSpec: { replicas: 1 }, podDisruptionBudget: { enabled: false } },
    },
  });
});

test("every monitor and rule is read, whoever made it", async () => {
  const { release } = await metrics();
  expect(release).toMatchObject({
    values: {
      prometheus: {
        prometheusSpec: {
          ruleSelectorNilUsesHelmValues: false,
          serviceMonitorSelectorNilUsesHelmValues: false,
          podMonitorSelectorNilUsesHelmValues: false,
          probeSelectorNilUsesHelmValues: false,
          scrapeConfigSelectorNilUsesHelmValues: false,
        },
      },
    },
  });
});

test("Grafana's password is in a Secret and in no value, and its sidecars read no Secrets", async () => {
  const { release, objects } = await metrics();
  expect(release).toMatchObject({
    values: {
      grafana: {
        admin: { existingSecret: "grafana-admin" },
        rbac: { useExistingClusterRole: "grafana-dashboard-reader" },
        sidecar: { dashboards: { resource: "configmap", searchNamespace: "ALL" } },
      },
    },
  });
  expect(JSON.stringify(release)).not.toContain("adminPassword");
  const role = objects.find(({ kind }) => kind === "ClusterRole")?.inputs;
  expect(role).toMatchObject({ rules: [{ apiGroups: [""], resources: ["configmaps"] }] });
});

const alerts = alertsSchema.parse({
  critical: { type: "pagerduty" },
  warning: { type: "slack" },
  watchdog: { type: "webhook" },
  escalation: { type: "pagerduty", afterMinutes: 30 },
  onCall: "https://example.com/on-call",
});

const routes = z.object({
  values: z.object({
    alertmanager: z.object({
      config: z.object({
        route: z.object({
          routes: z.array(z.object({ receiver: z.string(), matchers: z.array(z.string()) })),
        }),
        receivers: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
  }),
});

/** The receiver of an alert, by the first route whose matchers it has. */
function receiverOf(release: unknown, labels: Readonly<Record<string, string>>): string {
  const { route } = routes.parse(release).values.alertmanager.config;
  const matches = (matcher: string) => {
    const [, label = "", operator, value = ""] = /^(\w+) (=~?) "(.*)"$/.exec(matcher) ?? [];
    const found = labels[label] ?? "";
    return operator === "=" ? found === value : new RegExp(`^(${value})$`).test(found);
  };
  return route.routes.find(({ matchers }) => matchers.every(matches))?.receiver ?? "null";
}

test("critical alerts call somebody in production only, the charts' own as well (O2)", async () => {
  const { release } = await metrics({ settings: { alerts } });
  const chart = { alertname: "KubeletDown", severity: "critical" };
  expect(receiverOf(release, { ...chart, environment: "production" })).toBe("critical");
  expect(receiverOf(release, { ...chart, environment: "staging" })).toBe("warning");
  expect(receiverOf(release, { alertname: "PodPending", severity: "warning" })).toBe("warning");
  expect(receiverOf(release, { alertname: "InfoInhibitor", severity: "none" })).toBe("null");
  // Which environment an alert of the charts is in, the external labels say.
  expect(release).toMatchObject({
    values: { prometheus: { prometheusSpec: { externalLabels: { environment: "production" } } } },
  });
});

test("silence is noticed: what always fires is sent every five minutes to a receiver of its own", async () => {
  const { release } = await metrics({ settings: { alerts } });
  expect(receiverOf(release, { alertname: "Watchdog", severity: "none" })).toBe("watchdog");
  expect(JSON.stringify(release)).toContain('"repeat_interval":"5m"');
});

test("a critical alert that goes on firing is told to the next person", async () => {
  const { release } = await metrics({ settings: { alerts } });
  const labels = { alertname: "CriticalAlertUnattended", severity: "critical", environment: "production" };
  expect(receiverOf(release, labels)).toBe("escalation");
});

test("every route leads to a receiver that there is", async () => {
  for (const settings of [{}, { alerts }]) {
    const { config } = routes.parse((await metrics({ settings })).release).values.alertmanager;
    const names = config.receivers.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(config.route.routes.map(({ receiver }) => receiver)));
  }
});

test("alerts reach nobody until the stack says whom; addresses and keys are read from files of a Secret", async () => {
  const silent = await metrics();
  expect(JSON.stringify(silent.release)).not.toContain("_configs");
  const { release, site, objects } = await metrics({ settings: { alerts } });
  expect(named(objects, "Secret", "alert-receivers", "metadata.namespace")).toBe("monitoring");
  expect(release).toMatchObject({
    values: {
      alertmanager: {
        alertmanagerSpec: { secrets: ["alert-receivers"] },
        config: {
          receivers: expect.arrayContaining([
            {
              name: "critical",
              pagerduty_configs: [
                {
                  routing_key_file: "/etc/alertmanager/secrets/alert-receivers/critical",
                  send_resolved: true,
                },
              ],
            },
            {
              name: "warning",
              slack_configs: [
                { api_url_file: "/etc/alertmanager/secrets/alert-receivers/warning", send_resolved: true },
              ],
            },
            {
              name: "watchdog",
              webhook_configs: [
                { url_file: "/etc/alertmanager/secrets/alert-receivers/watchdog", send_resolved: false },
              ],
            },
          ]),
        },
      },
    },
  });
  expect(site.network.edges).toContainEqual(
    expect.objectContaining({ to: { kind: "internet", hosts: ["*"] }, ports: [443] }),
  );
});

test("one cause is one message: what follows from an alert is silent while that fires, and the chart's twins are off (O2)", async () => {
  const { release } = await metrics();
  expect(release).toMatchObject({
    values: {
      alertmanager: {
        config: {
          route: { group_by: ["alertname", "namespace", "system"] },
          inhibit_rules: expect.arrayContaining([
            {
              source_matchers: ['alertname = "ServiceDown"'],
              target_matchers: [expect.stringContaining("HighErrorRate")],
              equal: ["namespace", "container"],
            },
          ]),
        },
      },
      defaultRules: {
        additionalRuleLabels: { team: "ai-platform", system: "platform" },
        disabled: { KubeHpaMaxedOut: true, KubePodCrashLooping: true },
      },
    },
  });
});

test("where Atlas runs, Grafana has 001's host beside Atlas' own, and Atlas' namespace", async () => {
  const { release } = await metrics({ systems: withAtlas });
  expect(release).toMatchObject({
    namespace: "atlas-monitoring",
    values: {
      grafana: {
        ingress: {
          hosts: ["grafana.atlas-financial.com"],
          tls: [{ hosts: ["grafana.atlas-financial.com"] }],
          annotations: { "cert-manager.io/cluster-issuer": "letsencrypt-prod" },
        },
      },
    },
  });
  const elsewhere = await metrics();
  expect(elsewhere.release).toMatchObject({ namespace: "monitoring" });
  expect(JSON.stringify(elsewhere.release)).not.toContain("ingressClassName");
});

test("each environment that shares the cluster is a tenant of the logs, and is scraped as a whole (D3)", async () => {
  const systems = placed({ aiaas: { cluster: "aws", sharedWith: ["staging"] } });
  const { release, site } = await metrics({ systems });
  expect(release).toMatchObject({
    values: {
      grafana: {
        additionalDataSources: expect.arrayContaining([
          expect.objectContaining({ name: "Loki staging", secureJsonData: { httpHeaderValue1: "staging" } }),
          expect.objectContaining({ name: "Loki production" }),
        ]),
      },
    },
  });
  expect(site.network.edges).toContainEqual(
    expect.objectContaining({ to: { kind: "all-pods", namespace: "staging" }, ports: [] }),
  );
});

test("no zone has two copies of Prometheus or Alertmanager (R3)", async () => {
  const { release } = await metrics();
  const apart = { podAntiAffinity: "hard", podAntiAffinityTopologyKey: "topology.kubernetes.io/zone" };
  expect(release).toMatchObject({
    values: { prometheus: { prometheusSpec: apart }, alertmanager: { alertmanagerSpec: apart } },
  });
});

test("the nodes' agents are in their own namespace, on every node", async () => {
  const { release } = await metrics();
  expect(release).toMatchObject({
    values: {
      "prometheus-node-exporter": {
        namespaceOverride: "node-agents",
        tolerations: [{ operator: "Exists" }],
        priorityClassName: "system-node-critical",
      },
      "kube-state-metrics": { collectorsExclude: ["configmaps", "secrets"] },
    },
  });
});

test("Grafana's data sources can start: their processes write to /tmp, and nothing else of the image can be written", async () => {
  const { release } = await metrics();
  expect(release).toMatchObject({
    values: {
      grafana: {
        containerSecurityContext: { readOnlyRootFilesystem: true },
        extraEmptyDirMounts: [{ name: "tmp", mountPath: "/tmp" }],
      },
    },
  });
});
