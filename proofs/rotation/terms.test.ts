import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { rotation } from ".";
import { termsMakeSense } from "./terms";

const namespace = "shop";
const certificate = (spec: object, name = "cart-tls"): Piece =>
  object(name, "cert-manager.io/v1", "Certificate", {
    metadata: { name, namespace },
    spec: { secretName: name, issuerRef: { name: "issuer" }, ...spec },
  });
const issuer = (spec: object, kind = "Issuer"): Piece =>
  object("issuer", "cert-manager.io/v1", kind, {
    metadata: { name: "issuer", ...(kind === "Issuer" && { namespace }) },
    spec,
  });
const authority = (spec: object): Piece =>
  certificate({ issuerRef: { name: "self-signed" }, isCA: true, ...spec }, "authority");
const letsEncrypt = issuer({ acme: { privateKeySecretRef: { name: "account" } } });
const signing = issuer({ ca: { secretName: "authority" } });
const faults = (...pieces: readonly Piece[]) => faultsOf(termsMakeSense, evidenceOf(...pieces));

test.each<readonly [object, readonly string[]]>([
  [{}, []],
  [{ duration: "2160h", renewBefore: "720h" }, []],
  [{ duration: "2160h", renewBeforePercentage: 30 }, []],
  [{ duration: "2160h", renewBefore: "2160h" }, ["due for renewal before it is made"]],
  [{ renewBefore: "2200h" }, ["due for renewal before it is made"]],
  [{ duration: "30m" }, ["valid for 0.5 h", "renewed 0.2 h before its end", "renewed every 0.3 h"]],
  [{ duration: "1h30m", renewBefore: "20m" }, ["renewed 0.3 h before its end", "renewed every 1.2 h"]],
  [{ duration: "2160h", renewBefore: "31h" }, ["renewed 31 h before its end"]],
  [{ duration: "2160h", renewBeforePercentage: 1 }, ["renewed 21.6 h before its end"]],
  [{ duration: "2160h", renewBefore: "2150h" }, ["renewed every 10 h"]],
])("a certificate with the terms %j", (spec, rules) => {
  expect(faults(certificate(spec))).toEqual(rules.map((rule) => expect.stringContaining(rule)));
});

test.each<readonly [string, object, readonly string[]]>([
  ["for ten years", { duration: "87600h" }, []],
  [
    "for three months",
    { duration: "2160h" },
    ["authority: it is an authority for 2160 h", "what it signs outlives it"],
  ],
  ["renewed late", { duration: "87600h", renewBefore: "720h" }, ["what it signs outlives it"]],
  ["as long before its end as what it signs", { duration: "87600h", renewBefore: "2160h" }, []],
  ["that is none", { duration: "87600h", isCA: false }, ["which is no authority"]],
])("an authority %s", (_, spec, rules) => {
  expect(faults(authority(spec), signing, certificate({ duration: "2160h" }))).toEqual(
    rules.map((rule) => expect.stringContaining(rule)),
  );
});

test("a ClusterIssuer signs with an authority of another namespace", () => {
  const everywhere = issuer({ ca: { secretName: "authority" } }, "ClusterIssuer");
  const leaf = certificate({ duration: "8760h", issuerRef: { kind: "ClusterIssuer", name: "issuer" } });
  expect(faults(authority({ duration: "8760h" }), everywhere, leaf)).toEqual([
    expect.stringContaining(
      "cart-tls: it is valid for 8760 h, and its authority authority is renewed 2920 h before",
    ),
  ]);
});

test("Let's Encrypt decides how long its certificates are valid", () => {
  const leaf = certificate({ duration: "8760h", renewBefore: "2880h" });
  expect(faults(leaf)).toEqual([]);
  expect(faults(letsEncrypt, leaf)).toEqual([expect.stringContaining("due for renewal before it is made")]);
});

test.each([
  ["720h", 0],
  ["2200h", 1],
])("an Ingress whose certificate is renewed %s before its end", (before, count) => {
  const ingress = object("ingress", "networking.k8s.io/v1", "Ingress", {
    metadata: {
      name: "cart",
      namespace,
      annotations: { "cert-manager.io/issuer": "issuer", "cert-manager.io/renew-before": before },
    },
    spec: { rules: [] },
  });
  expect(faults(letsEncrypt, ingress)).toHaveLength(count);
});

test("the proof has it", () => {
  expect(faultsOf(rotation, evidenceOf(certificate({ duration: "1h" })))).toContainEqual(
    expect.stringContaining("it is renewed every 0.7 h"),
  );
});
