import { createHash } from "node:crypto";
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
  /** Of `{"a.yaml": ""}`, as infra/kit/checksum.ts makes it. */
  const checksum = createHash("sha256").update('[["a.yaml",""]]').digest("hex").slice(0, 16);

  test("is rolled by an annotation that changes with it", () => {
    const container = fromEnvironment();
    const annotated = (key: string, value = checksum) =>
      faults(map(), deployment({ container, annotations: { [key]: value } }));
    expect(annotated("ai-platform/configuration")).toEqual([]);
    expect(annotated("checksum/settings")).toEqual([]);
    expect(annotated("prometheus.io/port")).toEqual([
      "aws: Deployment shop/cart: it reads the ConfigMap settings, and nothing rolls it when that changes: what is new there never gets to it",
    ]);
  });

  test("is not rolled by a checksum of something else", () => {
    const container = fromEnvironment();
    const annotations = { "ai-platform/configuration": "0123456789abcdef" };
    const other = object("other", "v1", "ConfigMap", {
      metadata: { name: "other", namespace },
      data: { b: "" },
    });
    expect(faults(map(), deployment({ container, annotations }))).toEqual([
      "aws: Deployment shop/cart: it reads the ConfigMap settings, and ai-platform/configuration is made of something else: what is new there never gets to it",
    ]);
    // One of two is not enough.
    const both = { envFrom: [{ configMapRef: { name: "settings" } }, { configMapRef: { name: "other" } }] };
    expect(
      faults(map(), other, deployment({ container: both, annotations: { "checksum/settings": checksum } })),
    ).toEqual([expect.stringContaining("it reads the ConfigMap other, and checksum/settings is made of")]);
    // A few digits are no checksum.
    expect(
      faults(map(), deployment({ container, annotations: { "checksum/settings": checksum.slice(0, 4) } })),
    ).toHaveLength(1);
  });

  test("is rolled by the files' lines themselves", () => {
    const written = object("settings", "v1", "ConfigMap", {
      metadata: { name: "settings", namespace },
      data: { "a.conf": "one 1\ntwo 2\n" },
    });
    const annotated = (text: string) =>
      faults(
        written,
        deployment({ container: fromEnvironment(), annotations: { "ai-platform/configuration": text } }),
      );
    expect(annotated("one 1; two 2")).toEqual([]);
    expect(annotated("one 1; two 3")).toHaveLength(1);
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
