import { type DeploymentOptions, deployment, namespace } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object } from "../../test/support/proofs/evidence";
import { rolloutsEnd } from "./rollouts";
import { startsAreAwaited } from "./startup";
import { probesTakeTurns } from "./timing";

const rolling = (maxSurge: number | string, maxUnavailable: number | string): DeploymentOptions => ({
  replicas: 3,
  spec: { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } } },
});
const starting = (failureThreshold: number): DeploymentOptions["container"] => ({
  startupProbe: { periodSeconds: 10, failureThreshold },
});

test.each<readonly [string, DeploymentOptions, string | undefined]>([
  ["one pod more", rolling(1, 0), undefined],
  ["one pod less", rolling(0, 1), undefined],
  ["neither", rolling(0, 0), "the API server refuses it"],
  ["neither, as shares", rolling("0%", "0%"), "the API server refuses it"],
  ["all pods less", rolling(0, "100%"), "may take all 3 pods at once"],
  ["more less than there are", rolling(1, 3), "may take all 3 pods at once"],
  ["what Kubernetes has by default", { replicas: 3 }, undefined],
  ["all pods ended first", { replicas: 2, spec: { strategy: { type: "Recreate" } } }, "ends all 2 pods"],
  ["the only pod ended first", { replicas: 1, spec: { strategy: { type: "Recreate" } } }, undefined],
  ["a slow start", { container: starting(60) }, "counts as failed after 600 s, and a pod may take 600 s"],
  [
    "a slow start that has time",
    { spec: { progressDeadlineSeconds: 700 }, container: starting(60) },
    undefined,
  ],
  [
    "a quick start without time",
    { spec: { progressDeadlineSeconds: 200 }, container: starting(30) },
    "200 s",
  ],
])("a rollout with %s", (_, options, rule) => {
  expect(faultsOf(rolloutsEnd, evidenceOf(deployment(options)))).toEqual(
    rule === undefined ? [] : [expect.stringContaining(rule)],
  );
});

test.each([
  [{ type: "RollingUpdate" }, 0],
  [{ type: "OnDelete" }, 1],
  [{ type: "RollingUpdate", rollingUpdate: { partition: 1 } }, 1],
])("a StatefulSet that is updated by %j", (updateStrategy, count) => {
  const set = object("store", "apps/v1", "StatefulSet", {
    metadata: { name: "store", namespace },
    spec: { updateStrategy, template: { spec: { containers: [{ name: "store", image: "store:1" }] } } },
  });
  expect(faultsOf(rolloutsEnd, evidenceOf(set))).toHaveLength(count);
});

describe("a workload that says how long it may take to start", () => {
  const faults = (seconds: string, container: object) =>
    faultsOf(
      startsAreAwaited,
      evidenceOf(deployment({ annotations: { "ai-platform/starts-within": seconds }, container })),
    );

  test("is not restarted before", () => {
    expect(faults("1800s", { startupProbe: { periodSeconds: 10, failureThreshold: 180 } })).toEqual([]);
    expect(faults("1800s", { startupProbe: { periodSeconds: 10, failureThreshold: 6 } })).toEqual([
      expect.stringContaining("restarted when it has not started after 60 s, and it may take 1800 s"),
    ]);
  });

  test("is not restarted by its liveness check either", () => {
    expect(faults("60s", { livenessProbe: { periodSeconds: 10 } })).toHaveLength(1);
    expect(faults("60s", { livenessProbe: { initialDelaySeconds: 60 } })).toEqual([]);
    expect(faults("60s", {})).toEqual([]);
  });
});

test.each<readonly [string, object, string | undefined]>([
  ["answers in time", { readinessProbe: { periodSeconds: 5, timeoutSeconds: 5 } }, undefined],
  [
    "is asked again before it has answered",
    { readinessProbe: { periodSeconds: 5, timeoutSeconds: 6 } },
    "waits 6 s for an answer and asks every 5 s",
  ],
  ["may take long by default", { livenessProbe: { timeoutSeconds: 11 } }, "asks every 10 s"],
  ["has to be alive twice", { livenessProbe: { successThreshold: 2 } }, "the API server takes 1"],
  ["has to be ready twice", { readinessProbe: { successThreshold: 2 } }, undefined],
])("a container that %s", (_, container, rule) => {
  expect(faultsOf(probesTakeTurns, evidenceOf(deployment({ container })))).toEqual(
    rule === undefined ? [] : [expect.stringContaining(rule)],
  );
});
