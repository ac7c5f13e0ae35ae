import { madeOf, namesOf, resourceOf } from "../../../test/support/operators/made";

const apiVersion = "kafka.strimzi.io/v1";
const labels = { "strimzi.io/cluster": "it" };
const kafka = (spec: Readonly<Record<string, unknown>> = {}) =>
  resourceOf({
    apiVersion,
    kind: "Kafka",
    spec: { kafka: { listeners: [{ name: "own", port: 9095 }] }, ...spec },
  });
const pool = (spec: Readonly<Record<string, unknown>>) =>
  resourceOf({
    apiVersion,
    kind: "KafkaNodePool",
    name: "both",
    labels,
    spec: { replicas: 1, roles: ["broker", "controller"], storage: { type: "ephemeral" }, ...spec },
  });

test("a node that is broker and controller opens the ports of both and keeps nothing", () => {
  const made = madeOf(pool({}), kafka());
  expect(namesOf(made)).toEqual(["Pod/it-both-0", "ConfigMap/it-both-0"]);
  const [container] = made[0]?.pod?.containers ?? [];
  expect(container?.ports?.map(({ name }) => name)).toEqual([
    "tcp-kafkaagent",
    "tcp-ctrlplane",
    "tcp-replication",
    "tcp-own",
  ]);
  expect(made[0]?.pod?.volumes).toContain("emptyDir");
});

test("a pool without its Kafka makes nothing", () => {
  expect(madeOf(pool({}))).toEqual([]);
});

test("the budget covers the nodes of all pools, and nothing stands beside them unasked", () => {
  const made = madeOf(kafka(), pool({ replicas: 3 }));
  expect(made.find(({ kind }) => kind === "PodDisruptionBudget")?.minAvailable).toBe(2);
  expect(made.filter(({ kind }) => kind === "Deployment")).toEqual([]);
});

test("a user has a Secret by the kind of its sign-in, where there is a user operator", () => {
  const user = (type: string) =>
    resourceOf({ apiVersion, kind: "KafkaUser", name: "me", labels, spec: { authentication: { type } } });
  const operated = kafka({ entityOperator: { userOperator: { secretPrefix: "kafka-" } } });
  expect(madeOf(user("tls"), operated)).toMatchObject([
    { name: "kafka-me", keys: expect.arrayContaining(["user.p12"]) },
  ]);
  expect(madeOf(user("scram-sha-512"), operated)[0]?.keys).toEqual(["password", "sasl.jaas.config"]);
  expect(madeOf(user("tls"), kafka())).toEqual([]);
});
