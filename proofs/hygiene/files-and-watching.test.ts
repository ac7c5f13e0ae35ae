import { deployment, namespace } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { memoryHoldsScratch } from "./memory-scratch";
import { filesAreReadable } from "./readable";
import { watchingIsTaken } from "./watching";

describe("files of Secrets", () => {
  const mounting = (volume: object, security: object): Piece =>
    deployment({
      pod: { volumes: [{ name: "files", ...volume }], securityContext: { runAsNonRoot: true, ...security } },
    });
  const secret = (mode?: number) => ({
    secret: { secretName: "login", ...(mode !== undefined && { defaultMode: mode }) },
  });

  test.each<readonly [string, object, object, number]>([
    ["that all may read", secret(), {}, 0],
    ["of root alone", secret(0o400), {}, 1],
    ["of root and a group", secret(0o440), { fsGroup: 1001 }, 0],
    ["of root, read by root", secret(0o400), { runAsNonRoot: false }, 0],
    [
      "one of which is root's",
      { configMap: { name: "a", items: [{ key: "b", path: "b", mode: 0o600 }] } },
      {},
      1,
    ],
    ["in a volume of several", { projected: { defaultMode: 0o440, sources: [] } }, {}, 1],
    [
      "one of several",
      { projected: { sources: [{ secret: { name: "a", items: [{ key: "b", path: "b", mode: 0o400 }] } }] } },
      {},
      1,
    ],
  ])("%s", (_, volume, security, count) => {
    expect(faultsOf(filesAreReadable, evidenceOf(mounting(volume, security)))).toHaveLength(count);
  });
});

test.each([
  ["64Mi", "128Mi", 0],
  ["128Mi", "128Mi", 1],
  ["1Gi", undefined, 0],
])("files in memory of %s where %s are allowed", (sizeLimit, memory, count) => {
  const piece = deployment({
    container: { resources: { limits: { ...(memory && { memory }) } } },
    pod: { volumes: [{ name: "shm", emptyDir: { medium: "Memory", sizeLimit } }] },
  });
  expect(faultsOf(memoryHoldsScratch, evidenceOf(piece))).toHaveLength(count);
});

describe("what Prometheus is told", () => {
  const api = "monitoring.coreos.com/v1";
  const rules = (...groups: readonly object[]): Piece =>
    object("rules", api, "PrometheusRule", { metadata: { name: "cart", namespace }, spec: { groups } });
  const monitor = (kind: string, endpoint: object): Piece =>
    object("monitor", api, kind, {
      metadata: { name: "cart", namespace },
      spec: { [kind === "PodMonitor" ? "podMetricsEndpoints" : "endpoints"]: [endpoint] },
    });
  const alert = (time: string) => ({ name: "a", rules: [{ alert: "Down", expr: "up == 0", for: time }] });

  test.each<readonly [string, Piece, string | undefined]>([
    ["a rule", rules(alert("1h30m")), undefined],
    ["a rule whose time is in words", rules(alert("5 minutes")), '"5 minutes" is no duration'],
    ["a rule whose units are out of order", rules(alert("5m1h")), '"5m1h" is no duration'],
    [
      "groups of one name",
      rules({ name: "a", rules: [] }, { name: "a", rules: [] }),
      "two of its groups are called a",
    ],
    ["a group's interval", rules({ name: "a", interval: "1 m", rules: [] }), '"1 m" is no duration'],
    ["a monitor", monitor("ServiceMonitor", { interval: "30s", scrapeTimeout: "10s" }), undefined],
    ["a patient one", monitor("ServiceMonitor", { interval: "10s", scrapeTimeout: "30s" }), "waits 30s"],
    ["a patient one of pods", monitor("PodMonitor", { interval: "1m", scrapeTimeout: "90s" }), "waits 90s"],
    ["one without a unit", monitor("PodMonitor", { interval: "30" }), '"30" is no duration'],
  ])("%s", (_, piece, rule) => {
    expect(faultsOf(watchingIsTaken, evidenceOf(piece))).toEqual(
      rule === undefined ? [] : [expect.stringContaining(rule)],
    );
  });
});
