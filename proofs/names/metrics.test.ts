import { autoscaler, deployment, namespace } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { metricsAreServed } from "./metrics";

const ours = object("priority", "scheduling.k8s.io/v1", "PriorityClass", {
  metadata: { name: "serving" },
  value: 1,
});
const ofPods = object("api", "apiregistration.k8s.io/v1", "APIService", {
  metadata: { name: "v1beta1.metrics.k8s.io" },
  spec: {},
});

const adapter = (rules: object): Piece => ({
  type: "kubernetes:helm.sh/v3:Release",
  name: "metrics-release",
  inputs: { name: "metrics", namespace, chart: "prometheus-adapter", version: "1", values: { rules } },
});
const rules = {
  default: false,
  custom: [
    { seriesQuery: 'sessions{pod!=""}', name: { as: "sessions_open" } },
    { seriesQuery: 'http_requests_total{pod!=""}', name: { matches: "^(.*)_total$", as: "$1_per_second" } },
    { seriesQuery: 'workers{pod!=""}' },
  ],
  external: [{ seriesQuery: "queue_length", name: { as: "messages" } }],
};

const pods = (name: string) => ({ type: "Pods", pods: { metric: { name } } });
const external = (name: string) => ({ type: "External", external: { metric: { name } } });
const faults = (metric: object, ...pieces: readonly Piece[]) =>
  faultsOf(metricsAreServed, evidenceOf(ours, deployment(), autoscaler(2, 4, metric), ...pieces));

test.each([
  [pods("sessions_open"), 0],
  [pods("session_open"), 1],
  // The series' own name is not what it is served by.
  [pods("sessions"), 1],
  [pods("http_requests_per_second"), 0],
  [pods("http_requests_total"), 1],
  [pods("workers"), 0],
  [{ type: "Object", object: { metric: { name: "sessions_open" } } }, 0],
  [external("messages"), 0],
  [external("sessions_open"), 1],
])("an autoscaler by %j", (metric, count) => {
  expect(faults(metric, adapter(rules))).toHaveLength(count);
});

test("without an adapter nothing else than what pods use is served", () => {
  expect(faults(pods("sessions_open"))).toEqual([
    "aws: HorizontalPodAutoscaler shop/cart: it goes by sessions_open, which no rule of the metrics adapter yields: it never scales by it",
  ]);
  expect(faults({ type: "Resource", resource: { name: "cpu" } }, ofPods)).toEqual([]);
  expect(faults({ type: "Resource", resource: { name: "cpu" } })).toEqual([
    expect.stringContaining("of the API metrics.k8s.io, which nothing makes"),
  ]);
});

test("the chart's own rules serve whatever there is", () => {
  expect(faults(pods("anything"), adapter({}))).toEqual([]);
});

test("on another stack's cluster that stack has the adapter", () => {
  const guest = evidenceOf(deployment(), autoscaler(2, 4, pods("sessions_open")));
  expect(faultsOf(metricsAreServed, guest)).toEqual([]);
});
