import { only, record } from "../../test/support/recorded/site";
import { restrictedContainer, restrictedPod } from "../kit/values";
import { apiServer, everyPod } from "../network/edge";
import { messagingSoftware } from "./charts/messaging";
import { KafkaOperator, kafkaOperator } from "./kafka-operator";
import { RabbitmqOperators, topologyOperator } from "./rabbitmq-operator";
import { RedisOperator, redisOperator } from "./redis-operator";

const { rabbitmqClusterOperator, rabbitmqTopologyOperator } = messagingSoftware;

test("Strimzi watches every namespace, makes restricted pods, and leaves the network to the declared edges", async () => {
  const { objects, site } = await record((made) => new KafkaOperator("kafka", { site: made }));
  expect(only(objects, "Release", "namespace")).toBe("data-operators");
  expect(only(objects, "Release", "values")).toMatchObject({
    watchAnyNamespace: true,
    generateNetworkPolicy: false,
    extraEnvs: [{ name: "STRIMZI_POD_SECURITY_PROVIDER_CLASS", value: "restricted" }],
  });
  expect(site.network.edges).toContainEqual({ from: kafkaOperator, to: apiServer, ports: [] });
});

test("Strimzi's images are named once, and not a second time by the chart", async () => {
  const { objects } = await record((site) => new KafkaOperator("kafka", { site }));
  for (const path of ["image", "topicOperator.image", "userOperator.image", "kafkaInit.image"]) {
    expect(only(objects, "Release", `values.${path}`)).toEqual({
      registry: "quay.io",
      repository: "strimzi/operator",
      name: "",
      tag: "1.2.0",
    });
  }
});

test("Redis' operator has the configuration written beforehand, and reaches every namespace's", async () => {
  const { objects, site } = await record((made) => new RedisOperator("redis", { site: made }));
  expect(only(objects, "Release", "values")).toMatchObject({
    featureGates: { GenerateConfigInInitContainer: true },
    securityContext: restrictedContainer,
    podSecurityContext: restrictedPod,
  });
  expect(site.network.edges).toContainEqual({ from: redisOperator, to: everyPod, ports: [6379, 26379] });
});

test.each([rabbitmqClusterOperator, rabbitmqTopologyOperator])(
  "RabbitMQ's $name has an account of its own, and a restricted pod",
  async ({ name, image }) => {
    const { objects, site } = await record((made) => new RabbitmqOperators("rabbitmq", { site: made }));
    const named = objects.filter((object) => object.name === name);
    expect(named.map(({ kind }) => kind).sort()).toEqual([
      "ClusterRole",
      "ClusterRoleBinding",
      "Deployment",
      "PodMonitor",
      "Role",
      "RoleBinding",
      "ServiceAccount",
    ]);
    expect(only(named, "Deployment", "spec.template.spec")).toMatchObject({
      serviceAccountName: name,
      securityContext: restrictedPod,
      containers: [{ image, securityContext: restrictedContainer }],
    });
    expect(only(named, "ClusterRoleBinding")).toMatchObject({
      roleRef: { kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name, namespace: "data-operators" }],
    });
    expect(only(named, "Deployment", "spec.template.metadata.labels")).toEqual({
      "app.kubernetes.io/name": name,
    });
    const calls = site.network.edges.filter(({ to }) => to === everyPod);
    expect(calls).toEqual([{ from: topologyOperator, to: everyPod, ports: [15672] }]);
  },
);
