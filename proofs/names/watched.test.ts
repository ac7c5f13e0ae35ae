import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { names } from ".";
import { boardsAreFound } from "./boards";
import { watchersSelect } from "./watched";

const monitoring = "monitoring";
const home = object("home", "v1", "Namespace", { metadata: { name: "shop", labels: { team: "shop" } } });
const prometheus = (spec: object): Piece =>
  object("prometheus", "monitoring.coreos.com/v1", "Prometheus", {
    metadata: { name: "prometheus", namespace: monitoring },
    spec: { version: "v3.0.0", ...spec },
  });
const watched = (kind: string, namespace = "shop", labels: object = { release: "stack" }): Piece =>
  object("watched", "monitoring.coreos.com/v1", kind, {
    metadata: { name: "cart", namespace, labels },
    spec: {},
  });
const faults = (...pieces: readonly Piece[]) => faultsOf(watchersSelect, evidenceOf(home, ...pieces));

const fields = {
  ServiceMonitor: "serviceMonitor",
  PodMonitor: "podMonitor",
  Probe: "probe",
  ScrapeConfig: "scrapeConfig",
  PrometheusRule: "rule",
};

describe.each(Object.entries(fields))("%s", (kind, field) => {
  const selectors = (labels?: object, namespaces?: object) =>
    prometheus({
      ...(labels && { [`${field}Selector`]: labels }),
      ...(namespaces && { [`${field}NamespaceSelector`]: namespaces }),
    });

  test.each<readonly [string, Piece, number]>([
    ["an empty selector selects all", selectors({}, {}), 0],
    ["an absent one selects nothing", selectors(undefined, {}), 1],
    ["labels that it has", selectors({ matchLabels: { release: "stack" } }, {}), 0],
    ["labels that it lacks", selectors({ matchLabels: { release: "other" } }, {}), 1],
    ["without namespaces only Prometheus' own", selectors({}), 1],
    ["labels of its namespace", selectors({}, { matchLabels: { team: "shop" } }), 0],
    [
      "the name of its namespace",
      selectors(
        {},
        { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["shop"] }] },
      ),
      0,
    ],
    ["labels of another namespace", selectors({}, { matchLabels: { team: "till" } }), 1],
  ])("%s", (_, reader, count) => {
    expect(faults(reader, watched(kind))).toHaveLength(count);
  });
});

test("in Prometheus' own namespace no selector of namespaces is needed", () => {
  expect(faults(prometheus({ ruleSelector: {} }), watched("PrometheusRule", monitoring))).toEqual([]);
});

test("one that selects is enough, and another stack's cluster has its own", () => {
  const blind = object("blind", "monitoring.coreos.com/v1", "Prometheus", {
    metadata: { name: "blind", namespace: monitoring },
    spec: { version: "v3.0.0" },
  });
  const seeing = prometheus({ ruleSelector: {}, ruleNamespaceSelector: {} });
  expect(faults(blind, seeing, watched("PrometheusRule"))).toEqual([]);
  expect(faults(blind, watched("PrometheusRule"))).toEqual([
    "aws: PrometheusRule shop/cart: no Prometheus of its cluster selects it: ruleSelector and ruleNamespaceSelector of blind leave it out, so it does nothing",
  ]);
  expect(faults(watched("PrometheusRule"))).toEqual([]);
});

test.each([
  [{}, 0],
  [{ matchLabels: { release: "other" } }, 1],
])("an Alertmanager that selects configurations by %j", (alertmanagerConfigSelector, count) => {
  const reader = object("alertmanager", "monitoring.coreos.com/v1", "Alertmanager", {
    metadata: { name: "alertmanager", namespace: monitoring },
    spec: { version: "v0.30.0", alertmanagerConfigSelector, alertmanagerConfigNamespaceSelector: {} },
  });
  expect(faults(reader, watched("AlertmanagerConfig"))).toHaveLength(count);
});

describe("Grafana finds", () => {
  const grafana = (values: object): Piece => ({
    type: "kubernetes:helm.sh/v3:Release",
    name: "metrics",
    inputs: {
      name: "kube-prometheus-stack",
      namespace: monitoring,
      chart: "kube-prometheus-stack",
      version: "1.0.0",
      values: { grafana: values },
    },
  });
  const map = (labels: object, text: string, namespace = "shop") =>
    object("map", "v1", "ConfigMap", {
      metadata: { name: "board", namespace, labels },
      data: { "a.json": text },
    });
  const dashboard = JSON.stringify({ schemaVersion: 42, panels: [] });
  const sources = "apiVersion: 1\ndatasources:\n  - name: Loki\n";
  const everywhere = grafana({ sidecar: { dashboards: { searchNamespace: "ALL" } } });
  const found = (...pieces: readonly Piece[]) => faultsOf(boardsAreFound, evidenceOf(...pieces));

  test.each<readonly [string, Piece, Piece, number]>([
    ["a dashboard by its label", everywhere, map({ grafana_dashboard: "1" }, dashboard), 0],
    ["none with another value", everywhere, map({ grafana_dashboard: "true" }, dashboard), 1],
    ["none without a label", everywhere, map({}, dashboard), 1],
    ["in its own namespace", grafana({}), map({ grafana_dashboard: "1" }, dashboard, monitoring), 0],
    [
      "none elsewhere, unless it is told to look there",
      grafana({}),
      map({ grafana_dashboard: "1" }, dashboard),
      1,
    ],
    [
      "by the label that it is told",
      grafana({
        sidecar: { dashboards: { label: "board", labelValue: "yes", searchNamespace: "till,shop" } },
      }),
      map({ board: "yes" }, dashboard),
      0,
    ],
    [
      "nothing without its sidecar",
      grafana({ sidecar: { dashboards: { enabled: false, searchNamespace: "ALL" } } }),
      map({ grafana_dashboard: "1" }, dashboard),
      1,
    ],
    [
      "data sources by their own label",
      grafana({}),
      map({ grafana_datasource: "1" }, sources, monitoring),
      0,
    ],
    ["none labelled as dashboards", grafana({}), map({ grafana_dashboard: "1" }, sources, monitoring), 1],
  ])("%s", (_, release, board, count) => {
    expect(found(release, board)).toHaveLength(count);
  });

  test("what neither is", () => {
    expect(found(everywhere, map({}, "port: 80"))).toEqual([]);
    expect(found(grafana({ enabled: false }), map({}, dashboard))).toEqual([]);
  });
});

test("the proof has both", () => {
  const blind = prometheus({});
  expect(faultsOf(names, evidenceOf(home, blind, watched("PrometheusRule")))).toContainEqual(
    expect.stringContaining("no Prometheus of its cluster selects it"),
  );
});
