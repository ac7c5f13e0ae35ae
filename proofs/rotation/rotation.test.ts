import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { rotation } from ".";

const password = (keepers: object): Piece => ({
  type: "random:index/randomPassword:RandomPassword",
  name: "password",
  inputs: { length: 32, keepers },
});
const value = "random:index/randomPassword:RandomPassword::password";
const secret = object(
  "secret",
  "v1",
  "Secret",
  { metadata: { name: "redis", namespace: "argocd" }, stringData: { auth: "[secret]" } },
  value,
);
const container = (env: object) => [{ name: "server", image: "server:1", ...env }];
const workload = (kind: string, spec: object, ...dependsOn: string[]) =>
  object(
    "server",
    "apps/v1",
    kind,
    { metadata: { name: "server", namespace: "argocd" }, spec: { template: { spec } } },
    ...dependsOn,
  );
const byEnvironment = {
  containers: container({
    env: [{ name: "AUTH", valueFrom: { secretKeyRef: { name: "redis", key: "auth" } } }],
  }),
};
const byFile = { containers: container({}), volumes: [{ name: "auth", secret: { secretName: "redis" } }] };

const faults = (...pieces: readonly Piece[]) => faultsOf(rotation, evidenceOf(...pieces));
const renewed = password({ period: "231" });

test.each([
  ["environment", byEnvironment],
  ["files", byFile],
])("whatever reads a renewed Secret by %s is rolled with it", (_, spec) => {
  expect(faults(renewed, secret, workload("Deployment", spec))).toEqual([
    "aws: Deployment argocd/server: it reads the Secret redis and is not rolled when that changes: it goes on with values that are no longer so",
  ]);
  expect(faults(renewed, secret, workload("StatefulSet", spec))).toHaveLength(1);
  expect(faults(renewed, secret, workload("Deployment", spec, value))).toEqual([]);
  // To wait for the Secret is not to be told of its values.
  expect(
    faults(renewed, secret, workload("Deployment", spec, "kubernetes:core/v1:Secret::secret")),
  ).toHaveLength(1);
});

test("what is never renewed rolls nothing", () => {
  expect(faults(password({}), secret, workload("Deployment", byEnvironment))).toEqual([
    expect.stringContaining("it is never renewed"),
  ]);
});

test("whatever reads nothing is left alone", () => {
  expect(faults(renewed, secret, workload("Deployment", { containers: container({}) }))).toEqual([]);
});
