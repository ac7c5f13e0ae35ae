import { deployment, namespace } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { objectsAreTaken } from "./objects";

const faults = (...pieces: readonly Piece[]) => faultsOf(objectsAreTaken, evidenceOf(...pieces));
const map = (fields: object, name = "settings"): Piece =>
  object("map", "v1", "ConfigMap", { metadata: { name, namespace }, ...fields });
const secret = (type: string, data: object): Piece =>
  object("secret", "v1", "Secret", { metadata: { name: "login", namespace }, type, stringData: data });
const service = (...ports: readonly object[]): Piece =>
  object("service", "v1", "Service", { metadata: { name: "cart", namespace }, spec: { ports } });
const cron = (name: string): Piece =>
  object("cron", "batch/v1", "CronJob", {
    metadata: { name, namespace },
    spec: { schedule: "0 2 * * *", jobTemplate: { spec: { template: { spec: { containers: [] } } } } },
  });

test.each<readonly [string, Piece, string | undefined]>([
  ["a ConfigMap", map({ data: { text: "a b\n".repeat(250_000) } }), undefined],
  ["one that is too large", map({ data: { text: "a b\n".repeat(262_144) } }), "it has 1024 KiB"],
  ["one of letters of several bytes", map({ data: { text: "ä ö\n".repeat(200_000) } }), "KiB"],
  [
    "one that never changes, under a name that does",
    map({ immutable: true }, "settings-0a1b2c3d"),
    undefined,
  ],
  ["one that never changes, under a name that stays", map({ immutable: true }), "it is immutable"],
  ["a certificate", secret("kubernetes.io/tls", { "tls.crt": "", "tls.key": "" }), undefined],
  ["a certificate without its key", secret("kubernetes.io/tls", { "tls.crt": "" }), "lacks tls.key"],
  [
    "a login without its file",
    secret("kubernetes.io/dockerconfigjson", { config: "" }),
    "lacks .dockerconfigjson",
  ],
  ["a Secret of no type", secret("Opaque", { any: "" }), undefined],
  ["a Service", service({ name: "http", port: 80 }, { name: "dns", port: 53, protocol: "UDP" }), undefined],
  ["a Service of one port", service({ port: 80 }), undefined],
  [
    "one port for two protocols",
    service({ name: "a", port: 53 }, { name: "b", port: 53, protocol: "UDP" }),
    undefined,
  ],
  ["a port twice", service({ name: "a", port: 80 }, { name: "b", port: 80 }), "it has the port 80/TCP twice"],
  [
    "a name twice",
    service({ name: "a", port: 80 }, { name: "a", port: 81 }),
    "two of its ports are called a",
  ],
  ["a port without a name", service({ name: "a", port: 80 }, { port: 81 }), "not all have names"],
  ["a CronJob", cron("x".repeat(52)), undefined],
  ["a CronJob of a long name", cron("x".repeat(53)), "its name has 53 characters"],
  ["a long label", deployment({ name: "x".repeat(64) }), 'its label app is "xxx'],
  ["a label that ends otherwise", deployment({ name: "cart-" }), 'its label app is "cart-"'],
])("%s", (_, piece, rule) => {
  expect(faults(piece)).toEqual(rule === undefined ? [] : [expect.stringContaining(rule)]);
});
