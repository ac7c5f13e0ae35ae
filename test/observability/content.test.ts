import { z } from "zod";
import { systems } from "../../apps/registry";
import { runbooks } from "../../infra/observability/runbooks";
import { podMetrics } from "../../infra/platform/autoscaling-metrics";
import { judge } from "./expression";
import { metricsOf } from "./promql";
import { type ClusterDescription, clusters } from "./recorded-cluster";
import { exporters, scrapedOn } from "./scraped";
import { seriesOf } from "./series";
import { alertsOn, dashboardsOn, descriptions, everything, groupsOn, on, shownOn } from "./shown";

describe.each(descriptions)("%s", (description) => {
  test("dashboards and rules use only metrics that something on this cluster yields (O1, O2)", () => {
    const recording = on(description);
    const recorded = groupsOn(recording).flatMap((group) =>
      group.rules.flatMap((rule) => ("record" in rule ? [rule.record] : [])),
    );
    const yielded = new Set<string>([
      ...scrapedOn(recording).flatMap((name) => Object.keys(exporters[name]?.metrics ?? {})),
      ...recorded,
    ]);
    const used = [
      ...groupsOn(recording).flatMap((group) => group.rules.map(({ expr }) => expr)),
      ...dashboardsOn(recording).flatMap((each) =>
        shownOn(each).flatMap(({ targets }) => targets.map(({ expr }) => expr)),
      ),
    ].flatMap(metricsOf);
    expect(used.length).toBeGreaterThan(20);
    expect([...new Set(used)].filter((metric) => !yielded.has(metric))).toEqual([]);
  });

  test("rules and dashboards hold against the labels and kinds that exporters really write down (O2)", () => {
    const recording = on(description);
    const rules = groupsOn(recording).flatMap((group) => group.rules);
    const facts = seriesOf(
      scrapedOn(recording),
      rules.flatMap((rule) => ("record" in rule ? [rule] : [])),
    );
    const panels = dashboardsOn(recording).flatMap((each) =>
      shownOn(each).flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    );
    const faults = [...rules.map(({ expr }) => expr), ...panels].flatMap((expr) => judge(expr, facts).faults);
    expect([...new Set(faults)]).toEqual([]);
    for (const rule of rules) {
      if ("record" in rule) continue;
      const { labels = [] } = judge(rule.expr, facts);
      const named = Object.values(rule.annotations).flatMap((text) =>
        [...text.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label),
      );
      expect([rule.alert, named.filter((label) => label === undefined || !labels.includes(label))]).toEqual([
        rule.alert,
        [],
      ]);
    }
  });

  test("panels are numbered once, do not overlap, and links lead to pages that exist", () => {
    for (const each of dashboardsOn(on(description))) {
      const ids = each.panels.map(({ id }) => id);
      expect([each.uid, new Set(ids).size]).toEqual([each.uid, ids.length]);
      const places = shownOn(each).map(({ gridPos: { x, y } }) => `${x}/${y}`);
      expect([each.uid, new Set(places).size]).toEqual([each.uid, places.length]);
      for (const { targets } of shownOn(each)) {
        expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
      }
    }
  });

  test("a graph draws its limit, and one number is one moment's", () => {
    for (const each of dashboardsOn(on(description)).flatMap(shownOn)) {
      const { thresholds, custom } = each.fieldConfig.defaults;
      if (each.type === "timeseries" && thresholds !== undefined) {
        expect([each.title, custom?.thresholdsStyle?.mode]).toEqual([each.title, "line"]);
      }
      const moments = each.targets.map(({ instant, range }) => instant && !range);
      expect([each.title, new Set(moments)]).toEqual([each.title, new Set([each.type !== "timeseries"])]);
    }
  });

  test("alerts that fire are counted without those that always do", () => {
    const counting = dashboardsOn(on(description))
      .flatMap(shownOn)
      .flatMap(({ targets }) => targets.flatMap(({ expr }) => (expr.includes("ALERTS") ? [expr] : [])));
    for (const expr of counting) expect(expr).toContain('alertname!~"Watchdog|InfoInhibitor"');
  });

  test("an alert's dashboard is on the cluster, and its labels and annotations are all there", () => {
    const recording = on(description);
    const uids = dashboardsOn(recording).map(({ uid }) => `/d/${uid}`);
    for (const { alert: name, annotations } of alertsOn(recording)) {
      expect([name, uids]).toEqual([
        name,
        expect.arrayContaining([new URL(annotations.dashboard_url).pathname]),
      ]);
    }
  });

  test("no two groups of rules have the same name, and each dashboard fits into a ConfigMap many times over", () => {
    const recording = on(description);
    const names = groupsOn(recording).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { inputs } of recording.ofKind("ConfigMap")) {
      if (inputs.metadata !== undefined) expect(JSON.stringify(inputs).length).toBeLessThan(128 * 1024);
    }
  });
});

test("every cluster that is described is looked at", () => {
  expect([...descriptions].sort()).toEqual(Object.keys(clusters).sort());
});

test("the catalogue names no metric twice but those that several services show, and every exporter is scraped somewhere", () => {
  const scraped = descriptions.flatMap((description) => scrapedOn(on(description)));
  expect([...new Set(scraped)].sort()).toEqual(Object.keys(exporters).sort());
});

describe("runbooks", () => {
  const page = (url: string) => url.split("/").at(-1);

  test("each alert has one, and it is about it", () => {
    const alerts = new Set(alertsOn(on(everything)).map(({ alert: name }) => name));
    for (const name of alerts) expect(runbooks()[`${name}.md`]).toMatch(new RegExp(`^# ${name}\\n`));
    expect(alertsOn(on(everything)).map(({ annotations }) => page(annotations.runbook_url))).toEqual(
      alertsOn(on(everything)).map(({ alert: name }) => `${name}.md`),
    );
  });

  test("each is an alert's, or a drill's, which says so in its title", () => {
    const alerts = new Set(alertsOn(on(everything)).map(({ alert: name }) => `${name}.md`));
    const others = Object.entries(runbooks()).filter(([file]) => !alerts.has(file));
    for (const [file, text] of others)
      expect([file, text]).toEqual([file, expect.stringMatching(/^# Drill: /)]);
  });

  test("panels link to pages that are there, and so do the pages themselves", () => {
    const pages = Object.keys(runbooks());
    const linked = dashboardsOn(on(everything))
      .flatMap(shownOn)
      .flatMap(({ links = [] }) => links.map(({ url }) => page(url)));
    expect(pages).toEqual(expect.arrayContaining(linked));
    const amongPages = Object.values(runbooks()).flatMap((text) =>
      [...text.matchAll(/\]\((\w[\w-]*\.md)\)/g)].map(([, file]) => file),
    );
    expect(pages).toEqual(expect.arrayContaining(amongPages));
  });

  test("all are in the cluster, where 001 looks for them (R2)", () => {
    expect(on(everything).find("ConfigMap", "disaster-recovery-runbook")).toMatchObject({
      metadata: { namespace: "atlas-monitoring" },
      data: runbooks(),
    });
  });
});

describe("what is there is what is shown", () => {
  const uids = (description: ClusterDescription) => dashboardsOn(on(description)).map(({ uid }) => uid);

  test("each system has its dashboard where it runs, and nowhere else (O1)", () => {
    const own = systems.map(({ name, observability }) => observability.dashboard?.name ?? name);
    expect(uids(everything).sort()).toEqual(
      [...own, "business", "data-stores", "infrastructure", "sla"].sort(),
    );
    expect(uids("AIaaS alone, without cards and buckets").sort()).toEqual([
      "aiaas",
      "business",
      "data-stores",
      "infrastructure",
      "sla",
    ]);
    expect(uids("no system")).toEqual(["infrastructure"]);
  });

  test("dashboards are tagged by environment and system; AIaaS' by each environment on the cluster (002, D3)", () => {
    const tags = Object.fromEntries(dashboardsOn(on(everything)).map((each) => [each.uid, each.tags]));
    expect(tags).toMatchObject({
      aiaas: ["production", "staging", "aiaas"],
      "ai-services": ["production", "atlas"],
      sla: ["production", "staging", "platform"],
    });
  });

  test("providers' use is a pie (003), scaling events and caches have their panels (001)", () => {
    const panels = dashboardsOn(on(everything)).flatMap((each) =>
      shownOn(each).map(({ title, type }) => `${each.uid}: ${type}: ${title}`),
    );
    expect(panels).toEqual(
      expect.arrayContaining([
        "ai-middleware: piechart: AI provider usage in a day",
        "infrastructure: timeseries: Scaling events in 10 minutes",
        "data-stores: timeseries: Time of a statement, p95",
        "data-stores: timeseries: Reads that found their page in memory",
        "data-stores: timeseries: Keys that were found",
      ]),
    );
  });

  test("Grafana's sidecar finds them by their label, and puts them into their owner's folder", () => {
    expect(on(everything).find("ConfigMap", "dashboard-ai-middleware")).toMatchObject({
      metadata: {
        labels: { grafana_dashboard: "1" },
        annotations: { grafana_folder: "ai-middleware" },
      },
    });
  });

  test("a critical alert says where people see who is on call, and no other (001)", () => {
    for (const { alert: name, labels, annotations } of alertsOn(on(everything))) {
      expect([name, annotations.on_call_url !== undefined]).toEqual([name, labels.severity === "critical"]);
    }
  });

  test("somebody is called at night for production alone", () => {
    for (const { labels } of alertsOn(on(everything))) {
      if (labels.severity === "critical") expect(labels.environment).toBe("production");
    }
    expect(alertsOn(on("Atlas alone in staging")).map(({ labels }) => labels.severity)).not.toContain(
      "critical",
    );
  });

  test("each system has 001's alerts of its own, and those of the stores that it has", () => {
    const of = (system: string) =>
      alertsOn(on(everything)).flatMap(({ alert: name, labels }) =>
        labels.system === system && labels.environment === "production" ? [name] : [],
      );
    for (const { name: system } of systems) {
      expect(of(system)).toEqual(
        expect.arrayContaining([
          "ServiceDown",
          "HighLatency",
          "HighErrorRate",
          "HighMemoryUsage",
          "ErrorBudgetBurnFast",
          "ErrorBudgetBurnSlow",
        ]),
      );
    }
    expect(of("atlas")).toEqual(expect.arrayContaining(["KafkaConsumerLag", "QdrantConsensusStuck"]));
    expect(of("ai-middleware")).toEqual(
      expect.arrayContaining(["RabbitmqQueueGrowing", "MongodbMemberDown"]),
    );
    expect(of("platform")).toEqual(
      expect.arrayContaining(["GpuError", "ClusterBackupLate", "CertificateExpiring"]),
    );
    expect(of("market-research")).not.toContain("RedisDown");
  });
});

test("Alertmanager's inhibitions name alerts that there are (O2)", () => {
  const names = new Set(alertsOn(on(everything)).map(({ alert: name }) => name));
  const release = z
    .object({
      values: z.object({
        alertmanager: z.object({
          config: z.object({
            inhibit_rules: z.array(
              z.object({ source_matchers: z.array(z.string()), target_matchers: z.array(z.string()) }),
            ),
          }),
        }),
      }),
    })
    .parse(on(everything).find("Release", "kube-prometheus-stack"));
  const named = release.values.alertmanager.config.inhibit_rules
    .flatMap(({ source_matchers, target_matchers }) => [...source_matchers, ...target_matchers])
    .flatMap((matcher) => /^alertname =~? "(.*)"$/.exec(matcher)?.[1]?.split("|") ?? []);
  expect(named.length).toBeGreaterThan(4);
  for (const pattern of named.filter((name) => name !== "InfoInhibitor")) {
    expect([pattern, [...names].some((name) => new RegExp(`^${pattern}$`).test(name))]).toEqual([
      pattern,
      true,
    ]);
  }
});

test("what autoscalers go by is what services show (P14)", () => {
  const shown = new Set<string>(Object.values(exporters).flatMap(({ metrics }) => Object.keys(metrics)));
  expect(podMetrics.filter(({ series }) => !shown.has(series))).toEqual([]);
});

test("a metric that nobody yields, and what is no PromQL, would be found", () => {
  expect(metricsOf('sum by (a) (rate(nvidia_gpu_utilization{a="b"}[5m])) > on (a) group_left up')).toEqual([
    "nvidia_gpu_utilization",
    "up",
  ]);
  expect(() => metricsOf("sum by (a) (rate(up[5m])")).toThrow("no PromQL");
});
