import { deployment, namespace } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { podsNameWhatIsThere } from "./pod-names";
import { messagesArrive } from "./queues";

describe("messages of RabbitMQ", () => {
  const made = (kind: string, spec: object, broker = "rabbit") =>
    object(`${kind}-one`, "rabbitmq.com/v1beta1", kind, {
      metadata: { name: "one", namespace },
      spec: { rabbitmqClusterReference: { name: broker }, ...spec },
    });
  const exchange = made("Exchange", { name: "orders" });
  const queue = made("Queue", { name: "orders" });
  const binding = (source: string, destination: string) =>
    made("Binding", { source, destination, destinationType: "queue" });
  const dead = (exchangeName: string) =>
    made("Policy", { definition: { "dead-letter-exchange": exchangeName } });
  const faults = (...pieces: readonly Piece[]) => faultsOf(messagesArrive, evidenceOf(...pieces));

  test.each<readonly [Piece, string | undefined]>([
    [binding("orders", "orders"), undefined],
    [binding("order", "orders"), "it takes messages from the exchange order, which nothing makes"],
    [binding("orders", "order"), "it hands messages to the queue order"],
    [binding("amq.direct", "orders"), undefined],
    [dead("orders"), undefined],
    [dead("order"), "it sends dead letters to the exchange order"],
    [made("Policy", { definition: { "max-age": "7D" } }), undefined],
    [made("Policy", { definition: { "dead-letter-exchange": "orders" } }, "other"), "the exchange orders"],
  ])("go from one that there is to another: %#", (one, rule) => {
    expect(faults(exchange, queue, one)).toEqual(rule === undefined ? [] : [expect.stringContaining(rule)]);
  });
});

describe("pods name", () => {
  const faults = (...pieces: readonly Piece[]) => faultsOf(podsNameWhatIsThere, evidenceOf(...pieces));
  const env = (...variables: readonly (readonly [string, string])[]) => ({
    env: variables.map(([name, value]) => ({ name, value })),
  });

  test("a Secret to pull with", () => {
    const secret = object("pull", "v1", "Secret", { metadata: { name: "pull", namespace }, stringData: {} });
    const pulling = deployment({ pod: { imagePullSecrets: [{ name: "pull" }] } });
    expect(faults(secret, pulling)).toEqual([]);
    expect(faults(pulling)).toEqual([
      expect.stringContaining("it pulls with the Secret pull, which nothing makes"),
    ]);
  });

  test("a Secret to pull with that is a login", () => {
    const secret = (type: string) =>
      object("pull", "v1", "Secret", { metadata: { name: "pull", namespace }, type, stringData: {} });
    const pulling = deployment({ pod: { imagePullSecrets: [{ name: "pull" }] } });
    expect(faults(secret("kubernetes.io/dockerconfigjson"), pulling)).toEqual([]);
    expect(faults(secret("Opaque"), pulling)).toEqual([
      expect.stringContaining("which is of the type Opaque"),
    ]);
  });

  test.each<readonly [object, string | undefined]>([
    [{ fieldRef: { fieldPath: "metadata.name" } }, undefined],
    [{ fieldRef: { fieldPath: "metadata.labels['app']" } }, undefined],
    [{ fieldRef: { fieldPath: "status.podIP" } }, undefined],
    [{ fieldRef: { fieldPath: "metadata.nam" } }, "is told metadata.nam"],
    [{ resourceFieldRef: { resource: "limits.memory" } }, undefined],
    [{ resourceFieldRef: { containerName: "cart", resource: "limits.memory" } }, undefined],
    [
      { resourceFieldRef: { containerName: "card", resource: "limits.memory" } },
      "is told what card may have",
    ],
  ])("a variable from %j", (valueFrom, rule) => {
    const piece = deployment({ container: { env: [{ name: "SELF", valueFrom }] } });
    expect(faults(piece)).toEqual(rule === undefined ? [] : [expect.stringContaining(rule)]);
  });

  test("a runtime", () => {
    const runtime = object("nvidia", "node.k8s.io/v1", "RuntimeClass", {
      metadata: { name: "nvidia" },
      handler: "nvidia",
    });
    const wanting = deployment({ pod: { runtimeClassName: "nvidia" } });
    expect(faults(runtime, wanting)).toEqual([]);
    expect(faults(wanting)).toEqual([
      expect.stringContaining("its runtime class nvidia is none of the cluster's"),
    ]);
  });

  test.each<readonly [string, object, string | undefined]>([
    ["once each", env(["A", "1"], ["B", "2"]), undefined],
    ["twice", env(["A", "1"], ["A", "2"]), "is told A twice"],
    ["in others after them", env(["HOST", "db"], ["URL", "http://$(HOST)/"]), undefined],
    ["in others before them", env(["URL", "http://$(HOST)/"], ["HOST", "db"]), "is told $(HOST) in URL"],
    ["in others that have none", env(["URL", "http://$(HOST)/"]), "no variable before has that name"],
    ["that are none", env(["URL", "http://$$(HOST)/"]), undefined],
    [
      "of a whole Secret",
      { ...env(["URL", "$(HOST)"]), envFrom: [{ secretRef: { name: "db" } }] },
      undefined,
    ],
  ])("variables %s", (_, container, rule) => {
    expect(faults(deployment({ container }))).toEqual(
      rule === undefined ? [] : [expect.stringContaining(rule)],
    );
  });
});
