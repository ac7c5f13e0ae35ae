import { createRabbitmq as createMiddleware, queueName } from "../../apps/ai-middleware/rabbitmq";
import { createRabbitmq as createAiaas } from "../../apps/aiaas/rabbitmq";
import { laptop, namespace, ofKind, recordStore, resolved } from "../../test/support/recorded/data-store";
import { only } from "../../test/support/recorded/site";
import { topologyOperator } from "../platform/rabbitmq-operator";

test("three members with streams, whose queues are quorum queues even for clients that ask for classic ones", async () => {
  const { objects } = await recordStore(createAiaas);
  expect(only(objects, "RabbitmqCluster", "spec")).toMatchObject({
    replicas: 3,
    persistence: { storageClassName: "fast-ssd" },
    rabbitmq: { additionalPlugins: ["rabbitmq_stream"] },
  });
  const configuration = String(only(objects, "RabbitmqCluster", "spec.rabbitmq.additionalConfig")).split(
    "\n",
  );
  expect(configuration).toContain("default_queue_type = quorum");
  expect(configuration).toContain("quorum_queue.property_equivalence.relaxed_checks_on_redeclaration = true");
  expect(only(objects, "PodDisruptionBudget", "spec")).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { "app.kubernetes.io/name": "rabbitmq" } },
  });
});

test("usage events go to a queue and to a stream, and what cannot be handled to the dead letters (002)", async () => {
  const { objects } = await recordStore(createAiaas);
  expect(ofKind(objects, "Queue")).toMatchObject([
    { spec: { name: "usage-events", type: "quorum", durable: true } },
    { spec: { name: "usage-events-dead-letters", type: "quorum", durable: true } },
    { spec: { name: "usage-events-stream", type: "stream", durable: true } },
  ]);
  const bindings = ofKind(objects, "Binding");
  expect(bindings).toHaveLength(3);
  expect(bindings).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({
        spec: expect.objectContaining({ source: "usage-events", destination: "usage-events" }),
      }),
      expect.objectContaining({
        spec: expect.objectContaining({ source: "usage-events", destination: "usage-events-stream" }),
      }),
      expect.objectContaining({
        spec: expect.objectContaining({
          source: "usage-events-dead-letters",
          destination: "usage-events-dead-letters",
        }),
      }),
    ]),
  );
});

test("no dead letter is lost on its way", async () => {
  const { objects } = await recordStore(createMiddleware);
  expect(only(objects, "Policy", "spec")).toMatchObject({
    pattern: `^${queueName}$`,
    applyTo: "quorum_queues",
    definition: {
      "dead-letter-exchange": `${queueName}-dead-letters`,
      "dead-letter-strategy": "at-least-once",
      overflow: "reject-publish",
      "delivery-limit": 5,
    },
  });
});

test("everything is in the cluster of its namespace", async () => {
  const { objects } = await recordStore(createAiaas);
  for (const kind of ["Binding", "Exchange", "Permission", "Policy", "Queue", "User"]) {
    for (const inputs of ofKind(objects, kind)) {
      expect(inputs).toMatchObject({
        metadata: { namespace },
        spec: { rabbitmqClusterReference: { name: "rabbitmq" } },
      });
    }
  }
});

test("QUEUE_CONNECTIONURL leads to the cluster's Service, as the user whose password RabbitMQ takes from the Secret (003)", async () => {
  const { objects, store } = await recordStore(createMiddleware);
  const url = new URL(await resolved(store.connectionString));
  const service = `${only(objects, "RabbitmqCluster", "metadata.name")}.${namespace}.svc`;
  expect([url.protocol, url.host, url.pathname, url.username]).toEqual([
    "amqp:",
    `${service}:5672`,
    "",
    "ai-middleware",
  ]);
  expect(only(objects, "User", "spec.importCredentialsSecret")).toEqual({ name: "ai-middleware-rabbitmq" });
  // The names by which the topology operator looks for them.
  expect(store.credentials.keys).toEqual(expect.arrayContaining(["username", "password", "uri"]));
});

test("the user may use its own queue, and nobody else's", async () => {
  const { objects } = await recordStore(createMiddleware);
  const permissions = only(objects, "Permission", "spec");
  expect(permissions).toMatchObject({ vhost: "/", userReference: { name: "ai-middleware" } });
  const may = (what: string, name: string) =>
    new RegExp(String(only(objects, "Permission", `spec.permissions.${what}`))).test(name);
  for (const what of ["configure", "write", "read"]) {
    expect(may(what, queueName)).toBe(true);
    expect(may(what, `${queueName}-dead-letters`)).toBe(true);
    expect(may(what, "usage-events")).toBe(false);
    expect(may(what, `${queueName}-of-others`)).toBe(false);
  }
  expect(may("write", "amq.default")).toBe(true);
  expect(may("read", "amq.default")).toBe(false);
});

test("members find each other, and the operator of queues and users reaches them", async () => {
  const { site, store } = await recordStore(createAiaas);
  const members = store.endpoints.amqp.pods;
  expect(members.labels).toEqual({ "app.kubernetes.io/name": "rabbitmq" });
  expect(site.network.edges).toEqual(
    expect.arrayContaining([
      { from: members, to: members, ports: [4369, 25672] },
      { from: topologyOperator, to: members, ports: [15672] },
    ]),
  );
});

test("a laptop has one member, which no budget keeps from being drained", async () => {
  const { objects } = await recordStore(createMiddleware, laptop);
  expect(only(objects, "RabbitmqCluster", "spec.replicas")).toBe(1);
  expect(objects.map(({ kind }) => kind)).not.toContain("PodDisruptionBudget");
});
