import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { order } from ".";

const faults = (...pieces: readonly Piece[]) => faultsOf(order, evidenceOf(...pieces));

const provider = "pulumi:providers:kubernetes::aws-kubernetes";
const definitions: Piece = {
  type: "kubernetes:yaml/v2:ConfigGroup",
  name: "aws-definitions-vertical-pod-autoscaler",
  inputs: {},
};
const definitionsUrn = "kubernetes:yaml/v2:ConfigGroup::aws-definitions-vertical-pod-autoscaler";
const recommender = (...dependsOn: string[]) =>
  object(
    "vertical",
    "autoscaling.k8s.io/v1",
    "VerticalPodAutoscaler",
    { metadata: { name: "ai-engine-vpa", namespace: "atlas" }, spec: {} },
    ...dependsOn,
  );

test("a custom resource waits for its definition, by whichever way", () => {
  expect(faults(definitions, recommender())).toEqual([
    expect.stringContaining(
      "VerticalPodAutoscaler atlas/ai-engine-vpa: it does not wait for what brings autoscaling.k8s.io/VerticalPodAutoscaler",
    ),
  ]);
  expect(faults(definitions, recommender(definitionsUrn))).toEqual([]);
  const part: Piece = {
    type: "ai-platform:platform:Part",
    name: "part",
    inputs: {},
    options: { dependsOn: [definitionsUrn] },
  };
  const child = { ...recommender(), options: { provider, parent: "ai-platform:platform:Part::part" } };
  expect(faults(definitions, part, child)).toEqual([]);
  // A component is there before its parts, and says nothing of them.
  const sibling = { ...part, options: {} };
  expect(faults(definitions, sibling, child)).toHaveLength(1);
});

test("on another stack's cluster the definitions are there", () => {
  expect(faults(recommender())).toEqual([]);
});

test("what brings a kind is known", () => {
  const odd = object("odd", "example.org/v1", "Thing", { metadata: { name: "odd", namespace: "a" } });
  expect(faults(odd)).toEqual([expect.stringContaining("nothing is known to bring example.org/Thing")]);
});

test("an object goes before the operator that finalizes it", () => {
  const group: Piece = {
    type: "kubernetes:yaml/v2:ConfigGroup",
    name: "aws-definitions-redis-operator",
    inputs: {},
  };
  const operator: Piece = {
    type: "kubernetes:helm.sh/v3:Release",
    name: "aws-platform-redis-operator-release",
    inputs: { name: "redis-operator", namespace: "data-operators", chart: "redis-operator", version: "1" },
  };
  const redis = (...dependsOn: string[]) =>
    object(
      "redis",
      "redis.redis.opstreelabs.in/v1beta2",
      "RedisReplication",
      { metadata: { name: "redis", namespace: "atlas" }, spec: replication },
      ...dependsOn,
    );
  const groupUrn = "kubernetes:yaml/v2:ConfigGroup::aws-definitions-redis-operator";
  expect(faults(group, operator, redis(groupUrn))).toEqual([
    expect.stringContaining("it does not depend on its operator -redis-operator-release"),
  ]);
  const after = "kubernetes:helm.sh/v3:Release::aws-platform-redis-operator-release";
  expect(faults(group, operator, redis(groupUrn, after))).toEqual([]);
});

test("a load balancer and volumes go before the controllers that take them down", () => {
  const controller: Piece = {
    type: "kubernetes:helm.sh/v3:Release",
    name: "aws-platform-load-balancers-release",
    inputs: { name: "aws-load-balancer-controller", namespace: "platform-system", chart: "c", version: "1" },
  };
  const driver: Piece = {
    type: "aws:eks/addon:Addon",
    name: "aws-services-ebs-csi-addon",
    inputs: { addonName: "aws-ebs-csi-driver" },
  };
  const namespace = (...dependsOn: string[]) =>
    object("shop", "v1", "Namespace", { metadata: { name: "shop" } }, ...dependsOn);
  const service = (type: string, ...dependsOn: string[]) =>
    object(
      "front",
      "v1",
      "Service",
      { metadata: { name: "front", namespace: "other" }, spec: { type, selector: { app: "front" } } },
      ...dependsOn,
    );
  expect(faults(controller, driver, namespace(), service("LoadBalancer"))).toEqual([
    expect.stringContaining(
      "aws-services-ebs-csi-addon may go first, and the cloud then keeps the volumes of its claims",
    ),
    expect.stringContaining(
      "aws-platform-load-balancers-release may go first, and the cloud then keeps its load",
    ),
  ]);
  const after = [
    namespace("aws:eks/addon:Addon::aws-services-ebs-csi-addon"),
    service("LoadBalancer", "kubernetes:helm.sh/v3:Release::aws-platform-load-balancers-release"),
  ];
  expect(faults(controller, driver, ...after)).toEqual([]);
  expect(faults(controller, service("ClusterIP"))).toEqual([]);
});

const replication = {
  clusterSize: 3,
  kubernetesConfig: { image: "redis:1", imagePullPolicy: "IfNotPresent" },
};

test("nothing waits for itself", () => {
  const [one, other] = ["one", "other"].map((name) => `kubernetes:core/v1:ConfigMap::${name}`);
  const map = (name: string, ...dependsOn: (string | undefined)[]) =>
    object(
      name,
      "v1",
      "ConfigMap",
      { metadata: { name, namespace: "a" } },
      ...dependsOn.filter((urn) => urn !== undefined),
    );
  expect(faults(map("one", other), map("other", one))).toEqual([
    "one: it waits for itself, over what it depends on",
    "other: it waits for itself, over what it depends on",
  ]);
  expect(faults(map("one", other), map("other"))).toEqual([]);
});

test("objects wait for their namespace, and pods for their priority class", () => {
  const namespace = object("home", "v1", "Namespace", { metadata: { name: "shop" } });
  const priority = object("priority", "scheduling.k8s.io/v1", "PriorityClass", {
    metadata: { name: "serving" },
    value: 1000,
  });
  const pods = (...dependsOn: string[]) =>
    object(
      "cart",
      "apps/v1",
      "Deployment",
      {
        metadata: { name: "cart", namespace: "shop" },
        spec: {
          template: {
            spec: { priorityClassName: "serving", containers: [{ name: "cart", image: "cart:1" }] },
          },
        },
      },
      ...dependsOn,
    );
  const [home, serving] = ["core/v1:Namespace::home", "scheduling.k8s.io/v1:PriorityClass::priority"].map(
    (urn) => `kubernetes:${urn}`,
  );
  expect(faults(namespace, priority, pods(home ?? "", serving ?? ""))).toEqual([]);
  expect(faults(namespace, priority, pods())).toEqual([
    expect.stringContaining("it does not wait for its namespace shop"),
    expect.stringContaining("it does not wait for its priority class serving"),
  ]);
  // Another stack has made them.
  expect(faults(pods())).toEqual([]);
});
