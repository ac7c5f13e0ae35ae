import { judge } from "./expression";
import { metricsOf } from "./promql";
import { clusters } from "./recorded-cluster";
import { exporters, scrapedOn } from "./scraped";
import { seriesOf } from "./series";
import { alertsOn, dashboardsOn, descriptions, groupsOn, on, shownOn } from "./shown";

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
