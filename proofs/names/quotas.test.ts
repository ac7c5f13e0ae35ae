import {
  autoscaler,
  type DeploymentOptions,
  deployment,
  namespace,
} from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { quotasSuffice } from "./quotas";

const faults = (...pieces: readonly Piece[]) => faultsOf(quotasSuffice, evidenceOf(...pieces));
const quota = (hard: object, spec: object = {}) =>
  object("quota", "v1", "ResourceQuota", { metadata: { name: "most", namespace }, spec: { hard, ...spec } });
const range = (...limits: readonly object[]) =>
  object("range", "v1", "LimitRange", { metadata: { name: "range", namespace }, spec: { limits } });
const needing = (requests: object | undefined, limits: object | undefined, more: DeploymentOptions = {}) =>
  deployment({ ...more, container: { resources: { requests, limits } } });

describe("a quota", () => {
  const large = needing(
    { cpu: "2", memory: "1Gi" },
    { cpu: "4", memory: "2Gi" },
    {
      replicas: 2,
      spec: { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
    },
  );

  test.each<readonly [object, string | undefined]>([
    [{ pods: "3" }, undefined],
    [{ pods: "2" }, "allows 2 of pods, and what is declared in shop takes 3"],
    [{ "requests.cpu": "6" }, undefined],
    [{ "requests.cpu": "5500m" }, "takes 6000m at its most"],
    [{ "limits.memory": "6Gi" }, undefined],
    [{ "limits.memory": "5Gi" }, "takes 6Gi"],
  ])("of %j is for the pods and one of a rollout", (hard, rule) => {
    expect(faults(large, quota(hard))).toEqual(rule === undefined ? [] : [expect.stringContaining(rule)]);
  });

  test("is for as many as an autoscaler makes", () => {
    expect(faults(large, autoscaler(2, 9), quota({ pods: "10" }))).toEqual([]);
    expect(faults(large, autoscaler(2, 10), quota({ pods: "10" }))).toHaveLength(1);
  });

  test("of some pods alone is left to them", () => {
    expect(faults(large, quota({ pods: "1" }, { scopes: ["BestEffort"] }))).toEqual([]);
  });

  test("is for volumes and load balancers, too", () => {
    const claim = object("claim", "v1", "PersistentVolumeClaim", {
      metadata: { name: "claim", namespace },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } },
    });
    const door = object("door", "v1", "Service", {
      metadata: { name: "door", namespace },
      spec: { type: "LoadBalancer" },
    });
    const hard = { "requests.storage": "10Gi", persistentvolumeclaims: "1", "services.loadbalancers": "1" };
    expect(faults(claim, door, quota(hard))).toEqual([]);
    expect(faults(claim, door, quota({ ...hard, "requests.storage": "9Gi" }))).toHaveLength(1);
    expect(faults(claim, door, quota({ ...hard, "services.loadbalancers": "0" }))).toHaveLength(1);
  });

  test("demands of each container what the namespace does not give", () => {
    const hard = { "requests.cpu": "10", "limits.memory": "10Gi" };
    const silent = needing(undefined, undefined);
    expect(faults(silent, quota(hard))).toEqual([
      expect.stringContaining("its container cart says nothing of requests of cpu"),
      expect.stringContaining("its container cart says nothing of limits of memory"),
    ]);
    expect(faults(needing(undefined, { cpu: "1", memory: "1Gi" }), quota(hard))).toEqual([]);
    const given = range({ type: "Container", default: { memory: "1Gi" }, defaultRequest: { cpu: "100m" } });
    expect(faults(silent, given, quota(hard))).toEqual([]);
  });

  test("counts what the namespace gives", () => {
    const given = range({ type: "Container", default: { memory: "1Gi" } });
    expect(faults(needing(undefined, undefined), given, quota({ "limits.memory": "2Gi" }))).toEqual([]);
    expect(faults(needing(undefined, undefined), given, quota({ "limits.memory": "1Gi" }))).toHaveLength(1);
  });
});

describe("a range", () => {
  test.each<readonly [object, string | undefined]>([
    [{ max: { memory: "2Gi" } }, undefined],
    [
      { max: { memory: "1Gi" } },
      "its container cart has 2Gi of memory, and the namespace allows at most 1Gi",
    ],
    [{ min: { cpu: "3" } }, "allows no less than 3"],
  ])("of containers with %j", (limit, rule) => {
    const limits = { cpu: "2", memory: "2Gi" };
    expect(faults(needing(limits, limits), range({ type: "Container", ...limit }))).toEqual(
      rule === undefined ? [] : [expect.stringContaining(rule)],
    );
  });

  test("of claims is over those of StatefulSets, too", () => {
    const set = object("store", "apps/v1", "StatefulSet", {
      metadata: { name: "store", namespace },
      spec: {
        volumeClaimTemplates: [
          { metadata: { name: "data" }, spec: { resources: { requests: { storage: "20Gi" } } } },
        ],
        template: { spec: { containers: [{ name: "store", image: "store:1" }] } },
      },
    });
    expect(faults(set, range({ type: "PersistentVolumeClaim", max: { storage: "20Gi" } }))).toEqual([]);
    expect(faults(set, range({ type: "PersistentVolumeClaim", max: { storage: "10Gi" } }))).toEqual([
      expect.stringContaining("its claim data has 20Gi of storage"),
    ]);
  });
});
