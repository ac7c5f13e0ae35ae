import { apiServer } from "../../infra/network/edge";
import { kafkaOperator } from "../../infra/platform/kafka-operator";
import { laptop, namespace, ofKind, recordStore } from "../../test/support/recorded/data-store";
import { only } from "../../test/support/recorded/site";
import { createKafka } from "./kafka";

test("production has 000's brokers, and controllers in place of its ZooKeeper", async () => {
  const { objects } = await recordStore(createKafka);
  expect(ofKind(objects, "KafkaNodePool")).toMatchObject([
    {
      metadata: { name: "brokers", namespace, labels: { "strimzi.io/cluster": "atlas-kafka-cluster" } },
      spec: {
        replicas: 3,
        roles: ["broker"],
        resources: { requests: { cpu: "2000m", memory: "4Gi" }, limits: { cpu: "4000m", memory: "8Gi" } },
        storage: {
          type: "jbod",
          volumes: [
            { id: 0, type: "persistent-claim", size: "100Gi", class: "fast-ssd", deleteClaim: false },
          ],
        },
      },
    },
    {
      metadata: { name: "controllers" },
      spec: {
        replicas: 3,
        roles: ["controller"],
        resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "1000m", memory: "2Gi" } },
        storage: { volumes: [{ size: "10Gi", class: "retained" }] },
      },
    },
  ]);
});

test("production survives a broker, and a zone, without losing a write", async () => {
  const { objects } = await recordStore(createKafka);
  expect(only(objects, "Kafka", "spec.kafka")).toMatchObject({
    version: "4.3.1",
    config: {
      "offsets.topic.replication.factor": 3,
      "transaction.state.log.replication.factor": 3,
      "transaction.state.log.min.isr": 2,
      "default.replication.factor": 3,
      "min.insync.replicas": 2,
      "ssl.enabled.protocols": "TLSv1.3",
    },
    rack: { topologyKey: "topology.kubernetes.io/zone" },
    template: { podDisruptionBudget: { maxUnavailable: 1 } },
  });
  for (const topic of ofKind(objects, "KafkaTopic")) expect(topic).toMatchObject({ spec: { replicas: 3 } });
});

test("topics and users are looked after with what 000 gives to it", async () => {
  const { objects } = await recordStore(createKafka);
  const requests = { cpu: "200m", memory: "512Mi" };
  expect(only(objects, "Kafka", "spec.entityOperator")).toMatchObject({
    topicOperator: { resources: { requests } },
    userOperator: { resources: { requests } },
  });
});

test("a laptop has one node that is broker and controller, and asks for no more copies than that", async () => {
  const { objects } = await recordStore(createKafka, laptop);
  expect(only(objects, "KafkaNodePool", "spec")).toMatchObject({
    replicas: 1,
    roles: ["broker", "controller"],
  });
  expect(only(objects, "Kafka", "spec.kafka.config")).toMatchObject({
    "offsets.topic.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "min.insync.replicas": 1,
  });
  for (const topic of ofKind(objects, "KafkaTopic")) expect(topic).toMatchObject({ spec: { replicas: 1 } });
});

test("clients reach the Service that Strimzi makes, on ports that are listened on", async () => {
  const { objects, store } = await recordStore(createKafka);
  const service = `${only(objects, "Kafka", "metadata.name")}-kafka-bootstrap.${namespace}.svc`;
  expect(only(objects, "Kafka", "spec.kafka.listeners")).toEqual([
    { name: "plain", port: 9092, type: "internal", tls: false },
    {
      name: "tls",
      port: 9093,
      type: "internal",
      tls: true,
      authentication: { type: "scram-sha-512" },
    },
  ]);
  expect(store).toMatchObject({
    bootstrapServers: `${service}:9092`,
    endpoints: {
      plain: { host: service, port: 9092, tls: false },
      tls: { host: service, port: 9093, tls: true },
    },
  });
});

test("the user signs in with the password that its Secret has", async () => {
  const { objects, store } = await recordStore(createKafka);
  expect(only(objects, "KafkaUser", "spec.authentication")).toEqual({
    type: "scram-sha-512",
    password: { valueFrom: { secretKeyRef: { name: store.credentials.name, key: "password" } } },
  });
  expect(store.credentials.keys).toEqual(
    expect.arrayContaining(["username", "password", "bootstrap-servers"]),
  );
});

test("edges lead to the pods as Strimzi labels them", async () => {
  const { site, store } = await recordStore(createKafka);
  const nodes = {
    kind: "pods",
    namespace,
    labels: { "strimzi.io/cluster": "atlas-kafka-cluster", "strimzi.io/name": "atlas-kafka-cluster-kafka" },
  };
  expect(store.endpoints.plain.pods).toMatchObject(nodes);
  expect(site.network.edges).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ from: kafkaOperator, ports: [9090, 9091, 8443] }),
      expect.objectContaining({ from: store.endpoints.plain.pods, to: apiServer }),
      expect.objectContaining({
        from: expect.objectContaining({ name: "atlas-kafka-cluster-entity-operator" }),
        to: expect.objectContaining(nodes),
        ports: [9091],
      }),
    ]),
  );
});
