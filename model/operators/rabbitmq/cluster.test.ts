import { madeOf, namesOf, resourceOf } from "../../../test/support/operators/made";

const cluster = (spec: Readonly<Record<string, unknown>>) =>
  madeOf(resourceOf({ apiVersion: "rabbitmq.com/v1beta1", kind: "RabbitmqCluster", spec }));

test("a cluster with a certificate alone opens no plain port", () => {
  const made = cluster({
    tls: { secretName: "tls", disableNonTLSListeners: true },
    rabbitmq: { additionalPlugins: ["rabbitmq_mqtt"] },
  });
  const ports = made.find(({ kind }) => kind === "Service")?.ports?.map(({ name }) => name);
  expect(ports).toEqual(["amqps", "management-tls", "prometheus-tls", "mqtts"]);
  expect(made[0]?.pod?.containers.at(-1)?.probes).toEqual({ startup: "management-tls", readiness: "amqps" });
});

test("a cluster that keeps nothing has no claims", () => {
  const [set] = cluster({ persistence: { storage: "0Gi" } });
  expect(set?.claims).toBeUndefined();
  expect(set?.pod?.volumes?.filter((volume) => volume === "emptyDir")).toHaveLength(3);
});

test("what is not said is the operator's own, and an override has the last word", () => {
  const template = {
    spec: { terminationGracePeriodSeconds: 60, containers: [{ name: "more", image: "more:1" }] },
  };
  const [set] = cluster({ override: { statefulSet: { spec: { replicas: 5, template } } } });
  expect(set).toMatchObject({ replicas: 5, claims: [{ size: "10Gi" }], pod: { grace: 60 } });
  expect(set?.pod?.containers.map(({ name }) => name)).toEqual(["setup-container", "rabbitmq", "more"]);
  expect(set?.pod?.containers[1]?.resources?.requests).toEqual({ cpu: "1000m", memory: "2Gi" });
});

test("only a user whose credentials are made up has a Secret of the operator", () => {
  const user = (spec: Readonly<Record<string, unknown>>) =>
    namesOf(madeOf(resourceOf({ apiVersion: "rabbitmq.com/v1beta1", kind: "User", spec })));
  expect(user({})).toEqual(["Secret/it-user-credentials"]);
  expect(user({ importCredentialsSecret: { name: "given" } })).toEqual([]);
});
