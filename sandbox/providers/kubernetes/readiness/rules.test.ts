import type { JsonObject } from "../json";
import type { ClusterView } from "./readiness";
import { ruleFor } from "./rules";

const nothing: ClusterView = { inNamespace: () => [], everywhere: () => [] };

function judge(object: JsonObject, view = nothing, waitedSeconds = 0) {
  return ruleFor(object)?.judge(object, view, waitedSeconds);
}

const deployment = (status: JsonObject, spec: JsonObject = { replicas: 2 }): JsonObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", generation: 2 },
  spec,
  status: { observedGeneration: 2, ...status },
});

test.each([
  [
    { observedGeneration: 1, updatedReplicas: 2, availableReplicas: 2, replicas: 2 },
    "has not seen the object",
  ],
  [{ replicas: 2, updatedReplicas: 1, availableReplicas: 2 }, "1 of 2 replicas are of the new version"],
  [{ replicas: 3, updatedReplicas: 2, availableReplicas: 3 }, "1 replicas of the old version"],
  [{ replicas: 2, updatedReplicas: 2, availableReplicas: 1 }, "1 of 2 replicas available"],
])("a Deployment with %j waits", (status, missing) => {
  expect(judge(deployment(status))).toEqual({ state: "waiting", missing: expect.stringContaining(missing) });
});

test("a Deployment is ready when rolled out, and when it wants no replica", () => {
  expect(judge(deployment({ replicas: 2, updatedReplicas: 2, availableReplicas: 2 }))).toEqual({
    state: "ready",
  });
  expect(judge(deployment({}, { replicas: 0 }))).toEqual({ state: "ready" });
});

test.each([
  [{ replicas: 2, updatedReplicas: 1 }, "1 of 2 replicas are of the new version"],
  [{ replicas: 3, updatedReplicas: 2 }, "1 replicas of the old version are still there"],
  [{ replicas: 2, updatedReplicas: 2, availableReplicas: 1 }, "1 of 2 replicas available"],
])("a Deployment with %j waits on past its deadline: what held it up may come yet", (status, missing) => {
  const conditions = [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded" }];
  expect(judge(deployment({ conditions, ...status }))).toEqual({
    state: "waiting",
    missing: `${missing}, without progress for 600 s`,
  });
});

test("a StatefulSet with a partition is ready when the rest is updated", () => {
  const statefulSet = (updatedReplicas: number): JsonObject => ({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { generation: 1 },
    spec: { replicas: 3, updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 2 } } },
    status: {
      observedGeneration: 1,
      readyReplicas: 3,
      updatedReplicas,
      updateRevision: "b",
      currentRevision: "a",
    },
  });
  expect(judge(statefulSet(0))?.state).toBe("waiting");
  expect(judge(statefulSet(1))?.state).toBe("ready");
});

test("a DaemonSet waits for every node's pod", () => {
  const daemonSet = (numberAvailable: number): JsonObject => ({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { generation: 1 },
    spec: {},
    status: { observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable },
  });
  expect(judge(daemonSet(1))).toEqual({ state: "waiting", missing: "1 of 2 pods available" });
  expect(judge(daemonSet(2))).toEqual({ state: "ready" });
});

test("a Job completes or fails; a suspended one is not waited for", () => {
  const job = (conditions: JsonObject[], spec: JsonObject = {}): JsonObject => ({
    apiVersion: "batch/v1",
    kind: "Job",
    spec,
    status: { conditions },
  });
  expect(judge(job([]))?.state).toBe("waiting");
  expect(judge(job([{ type: "Complete", status: "True" }]))?.state).toBe("ready");
  const failure = { type: "Failed", status: "True", reason: "BackoffLimitExceeded", message: "too often" };
  expect(judge(job([failure]))).toEqual({
    state: "failed",
    reason: "the job failed: BackoffLimitExceeded: too often",
  });
  expect(ruleFor(job([], { suspend: true }))).toBeUndefined();
});

test("a Pod tells why it is not scheduled, and which container cannot start", () => {
  const pod = (status: JsonObject): JsonObject => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p" },
    status,
  });
  const unscheduled = {
    type: "PodScheduled",
    status: "False",
    reason: "Unschedulable",
    message: "0/3 nodes",
  };
  expect(judge(pod({ phase: "Pending", conditions: [unscheduled] }))).toEqual({
    state: "waiting",
    missing: "Pod p is Pending: Unschedulable: 0/3 nodes",
  });
  const container = {
    name: "main",
    state: { waiting: { reason: "ImagePullBackOff", message: "no such image" } },
  };
  expect(judge(pod({ phase: "Pending", containerStatuses: [container] }))).toEqual({
    state: "waiting",
    missing: "Pod p is Pending: container main: ImagePullBackOff: no such image",
  });
});

describe("a Service", () => {
  const service = (spec: JsonObject, status: JsonObject = {}): JsonObject => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "shop" },
    spec,
    status,
  });
  const slices = (ready: boolean): ClusterView => ({
    ...nothing,
    inNamespace: () => [
      {
        metadata: { labels: { "kubernetes.io/service-name": "web" } },
        endpoints: [{ conditions: { ready } }],
      },
    ],
  });
  const selecting = { selector: { app: "web" } };

  test("waits for a ready pod of those that it selects", () => {
    expect(judge(service(selecting), slices(false), 60)?.state).toBe("waiting");
    expect(judge(service(selecting), slices(true))?.state).toBe("ready");
  });

  test("does not wait long for pods that nobody has asked for yet", () => {
    expect(judge(service(selecting))?.state).toBe("waiting");
    expect(judge(service(selecting), nothing, 6)?.state).toBe("ready");
  });

  test("of type LoadBalancer waits for an address", () => {
    const balanced = { type: "LoadBalancer" };
    expect(judge(service(balanced))?.state).toBe("waiting");
    expect(judge(service(balanced, { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } }))?.state).toBe(
      "ready",
    );
  });

  test.each([[{}], [{ clusterIP: "None", ...selecting }], [{ type: "ExternalName", ...selecting }]])(
    "with %j is ready at once",
    (spec) => {
      expect(ruleFor(service(spec))).toBeUndefined();
    },
  );
});

describe("an Ingress", () => {
  const backend = { service: { name: "web", port: { name: "http" } } };
  const ingress = (status: JsonObject = {}): JsonObject => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "shop" },
    spec: { rules: [{ http: { paths: [{ backend }] } }] },
    status,
  });
  const services = (port: JsonObject): ClusterView => ({
    ...nothing,
    inNamespace: () => [{ metadata: { name: "web" }, spec: { ports: [port] } }],
  });

  test("waits for the Service behind it, then for an address", () => {
    const missing = "there is no Service web with port http";
    expect(judge(ingress())).toEqual({ state: "waiting", missing });
    expect(judge(ingress(), services({ name: "grpc" }))).toEqual({ state: "waiting", missing });
    expect(judge(ingress(), services({ name: "http" }))).toMatchObject({
      missing: expect.stringContaining("address"),
    });
    const address = { loadBalancer: { ingress: [{ hostname: "x" }] } };
    expect(judge(ingress(address), services({ name: "http" }))?.state).toBe("ready");
  });
});

test("a claim waits to be bound, except where its class waits for a pod", () => {
  const claim = (phase: string): JsonObject => ({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data" },
    spec: { storageClassName: "fast" },
    status: { phase },
  });
  const classes = (volumeBindingMode: string): ClusterView => ({
    ...nothing,
    everywhere: () => [{ metadata: { name: "fast" }, volumeBindingMode }],
  });
  expect(judge(claim("Pending"))).toEqual({ state: "waiting", missing: "there is no StorageClass fast" });
  expect(judge(claim("Pending"), classes("Immediate"))?.state).toBe("waiting");
  expect(judge(claim("Pending"), classes("WaitForFirstConsumer"))?.state).toBe("ready");
  expect(judge(claim("Bound"))?.state).toBe("ready");
  expect(judge(claim("Lost"))?.state).toBe("failed");
});

test("a Namespace waits for its default account, which pods need", () => {
  const namespace: JsonObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
  const accounts = (name: string): ClusterView => ({
    ...nothing,
    everywhere: () => [{ metadata: { name: "default", namespace: name } }],
  });
  expect(judge(namespace, accounts("other"))?.state).toBe("waiting");
  expect(judge(namespace, accounts("shop"))?.state).toBe("ready");
});

describe("annotations", () => {
  const widget = (annotations: JsonObject, status: JsonObject = {}): JsonObject => ({
    apiVersion: "example.com/v1",
    kind: "Widget",
    metadata: { name: "w", annotations },
    status,
  });
  const conditions = (type: string, status: string): JsonObject => ({ conditions: [{ type, status }] });

  test("skipAwait waits for nothing", () => {
    expect(
      ruleFor({ ...deployment({}), metadata: { annotations: { "pulumi.com/skipAwait": "true" } } }),
    ).toBeUndefined();
  });

  test.each([
    ["condition=Ready", conditions("Ready", "True"), "ready"],
    ["condition=Ready", conditions("Ready", "False"), "waiting"],
    ["condition=Synced=false", conditions("Synced", "False"), "ready"],
    ["jsonpath={.status.phase}=Running", { phase: "Running" }, "ready"],
    ["jsonpath={.status.phase}=Running", { phase: "Pending" }, "waiting"],
    ["jsonpath={.status.address}", {}, "waiting"],
    ["jsonpath={.status.address}", { address: "x" }, "ready"],
    ['jsonpath={.status.conditions[?(@.type=="Ready")].status}=True', conditions("Ready", "True"), "ready"],
    ["jsonpath={.status.hosts[1]}=b", { hosts: ["a", "b"] }, "ready"],
    [
      '["condition=Ready", "jsonpath={.status.phase}=Running"]',
      { ...conditions("Ready", "True") },
      "waiting",
    ],
  ])("waitFor %s with %j is %s", (waitFor, status, expected) => {
    expect(judge(widget({ "pulumi.com/waitFor": waitFor }, status))?.state).toBe(expected);
  });

  test.each(["Ready", "[]", "jsonpath={.status..x}"])("waitFor %s is refused with examples", (waitFor) => {
    expect(() => ruleFor(widget({ "pulumi.com/waitFor": waitFor }))).toThrow('for example "condition=Ready"');
  });
});
