import { deployment, namespace } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { rotation } from ".";
import { certificatesAreRead } from "./certificates";
import { configurationRolls } from "./configuration";
import { valuesAreRenewed } from "./renewed";

const map = (name = "settings"): Piece =>
  object("settings", "v1", "ConfigMap", { metadata: { name, namespace }, data: { "a.yaml": "" } });
const fromEnvironment = (name = "settings") => ({ envFrom: [{ configMapRef: { name } }] });
const faults = (...pieces: readonly Piece[]) => faultsOf(configurationRolls, evidenceOf(...pieces));

describe("whoever reads a ConfigMap", () => {
  test("is rolled by an annotation that changes with it", () => {
    const container = fromEnvironment();
    expect(
      faults(map(), deployment({ container, annotations: { "ai-platform/configuration": "1" } })),
    ).toEqual([]);
    expect(faults(map(), deployment({ container, annotations: { "checksum/settings": "1" } }))).toEqual([]);
    expect(faults(map(), deployment({ container, annotations: { "prometheus.io/port": "80" } }))).toEqual([
      "aws: Deployment shop/cart: it reads the ConfigMap settings, and nothing rolls it when that changes: what is new there never gets to it",
    ]);
  });

  test("as files is no different, and neither is a Job", () => {
    const volumes = [{ name: "settings", configMap: { name: "settings" } }];
    expect(faults(map(), deployment({ pod: { volumes } }))).toHaveLength(1);
    const job = (kind: string, spec: object) =>
      object("job", "batch/v1", kind, { metadata: { name: "job", namespace }, spec });
    const template = { spec: { containers: [{ name: "job", image: "job:1" }], volumes } };
    expect(faults(map(), job("Job", { template }))).toHaveLength(1);
    // Each run reads it.
    expect(
      faults(map(), job("CronJob", { schedule: "0 2 * * *", jobTemplate: { spec: { template } } })),
    ).toEqual([]);
  });

  test("under a name of its contents is rolled by the name", () => {
    const name = "settings-0a1b2c3d";
    expect(faults(map(name), deployment({ container: fromEnvironment(name) }))).toEqual([]);
  });

  test("that others make is left to them", () => {
    expect(faults(deployment({ container: fromEnvironment() }))).toEqual([]);
  });
});

test.each<readonly [string, string, object, number]>([
  ["with a term", "aws-secrets-shop-redis-password", { keepers: { period: "231" } }, 0],
  ["without a term", "aws-secrets-shop-redis-password", { keepers: {} }, 1],
  ["without keepers", "aws-secrets-shop-redis-password", {}, 1],
  ["that was renewed by hand alone", "aws-secrets-shop-redis-password", { keepers: { rotate: "1" } }, 1],
  ["that data is encrypted with", "aws-secrets-shop-shop-encryption-encryption-key", { keepers: {} }, 0],
])("a generated value %s", (_, name, inputs, count) => {
  const value = { type: "random:index/randomPassword:RandomPassword", name, inputs };
  expect(faultsOf(valuesAreRenewed, evidenceOf(value))).toHaveLength(count);
});

describe("certificates", () => {
  const certificate = (spec: object = {}) =>
    object("certificate", "cert-manager.io/v1", "Certificate", {
      metadata: { name: "cart-tls", namespace },
      spec: { secretName: "cart-tls", issuerRef: { name: "issuer" }, ...spec },
    });
  const found = (...pieces: readonly Piece[]) => faultsOf(certificatesAreRead, evidenceOf(...pieces));
  const mounting = (secret: object, subPath?: string) =>
    deployment({
      container: { volumeMounts: [{ name: "tls", mountPath: "/tls", ...(subPath && { subPath }) }] },
      pod: { volumes: [{ name: "tls", secret: { secretName: "cart-tls", ...secret } }] },
    });
  const authority = { items: [{ key: "ca.crt", path: "ca.crt" }] };

  test("of an authority are trusted for years", () => {
    expect(found(certificate(), mounting(authority))).toEqual([]);
  });

  test("that a server shows are read again", () => {
    expect(found(certificate(), mounting({}))).toEqual([
      "aws: Deployment shop/cart: it reads the certificate cart-tls, and nothing is known of it to read that again: when it is renewed, it goes on with what ends",
    ]);
  });

  test("are never renewed by subPath or in the environment", () => {
    expect(found(certificate(), mounting(authority, "ca.crt"))).toEqual([
      expect.stringContaining("by subPath"),
    ]);
    const env = [{ name: "KEY", valueFrom: { secretKeyRef: { name: "cart-tls", key: "tls.key" } } }];
    expect(found(certificate(), deployment({ container: { env } }))).toEqual([
      expect.stringContaining("from its environment"),
    ]);
  });
});

test("the proof has all of it", () => {
  const value = { type: "random:index/randomPassword:RandomPassword", name: "password", inputs: {} };
  expect(
    faultsOf(rotation, evidenceOf(value, map(), deployment({ container: fromEnvironment() }))),
  ).toHaveLength(2);
});
