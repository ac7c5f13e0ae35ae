import type { State, StateResource } from "../engine/state";
import { missingPods } from "./planned-pods";

function resource(type: string, name: string, inputs: object, outputs: object = {}): StateResource {
  const provider = "urn:pulumi:dev::ai-platform::pulumi:providers:kubernetes::aws-kubernetes::id";
  return {
    urn: `urn:pulumi:dev::ai-platform::ai-platform:apps:Atlas$${type}::${name}`,
    type,
    custom: true,
    parent: "urn:pulumi:dev::ai-platform::ai-platform:apps:Atlas::atlas",
    provider,
    inputs: { ...inputs },
    outputs: { ...outputs },
  };
}

function release(name: string, status: string): StateResource {
  const resources = { requests: { cpu: "1", memory: "1Gi" } };
  return resource(
    "kubernetes:helm.sh/v3:Release",
    name,
    {
      name,
      namespace: "atlas",
      chart: "qdrant",
      version: "1.19.0",
      values: { replicaCount: 3, resources },
    },
    { status: { status } },
  );
}

function missing(...resources: readonly StateResource[]) {
  const state: State = { deployment: { version: 3, deployment: {} }, resources, pendingOperations: 0 };
  return missingPods("dev", state);
}

test("releases that are only recorded have no pods, those that are installed have", () => {
  expect(missing(release("recorded", "recorded"), release("installed", "deployed"))).toEqual([
    expect.objectContaining({ name: "recorded", provider: "aws-kubernetes", kind: "Release" }),
  ]);
});

test("operators' pods are missing, Kubernetes' own workloads' are not", () => {
  const spec = { replicas: 3, resources: { requests: { cpu: "1", memory: "1Gi" } } };
  const pods = missing(
    resource("kubernetes:kafka.strimzi.io/v1:KafkaNodePool", "brokers", {
      kind: "KafkaNodePool",
      metadata: { name: "brokers", namespace: "atlas" },
      spec,
    }),
    resource("kubernetes:apps/v1:Deployment", "api", {
      metadata: { name: "api", namespace: "atlas" },
      spec: { replicas: 1, template: { spec: { containers: [] } } },
    }),
  );
  expect(pods.map(({ name, replicas }) => [name, replicas.desired])).toEqual([["brokers", 3]]);
});
