import { clusterWith } from "../../../test/support/operators/cluster";
import { madeOf, namesOf, resourceOf } from "../../../test/support/operators/made";
import { passing } from "..";

const apiVersion = "cert-manager.io/v1";
const certificate = (spec: Readonly<Record<string, unknown>> = {}) =>
  resourceOf({
    apiVersion,
    kind: "Certificate",
    spec: {
      secretName: "kept",
      dnsNames: ["a.example", "b.example"],
      issuerRef: { name: "issuer" },
      ...spec,
    },
  });
const issuer = (spec: Readonly<Record<string, unknown>>) =>
  resourceOf({ apiVersion, kind: "Issuer", name: "issuer", spec });
const acme = {
  acme: {
    privateKeySecretRef: { name: "account" },
    solvers: [{ http01: { ingress: { serviceType: "ClusterIP" } } }],
  },
};

test("only an issuer that knows its authority says it", () => {
  expect(madeOf(certificate(), issuer({ ca: { secretName: "ca" } }))[0]?.keys).toEqual([
    "tls.crt",
    "tls.key",
    "ca.crt",
  ]);
  expect(madeOf(certificate(), issuer(acme))[0]?.keys).toEqual(["tls.crt", "tls.key"]);
});

test("stores and other forms of the key are keys of the Secret", () => {
  const spec = {
    keystores: { pkcs12: { create: true } },
    additionalOutputFormats: [{ type: "CombinedPEM" }],
  };
  expect(madeOf(certificate(spec), issuer({ selfSigned: {} }))[0]?.keys).toEqual([
    "tls.crt",
    "tls.key",
    "ca.crt",
    "keystore.p12",
    "truststore.p12",
    "tls-combined.pem",
  ]);
});

test("an ACME issuer keeps its account's key; one of another kind nothing", () => {
  expect(namesOf(madeOf(issuer(acme)))).toEqual(["Secret/account"]);
  expect(madeOf(issuer({ selfSigned: {} }))).toEqual([]);
});

test("while it is issued, each name has a solver with Service and Ingress", () => {
  const all = [certificate(), issuer(acme)];
  const passed = passing.get("cert-manager.io/Certificate")?.(certificate(), clusterWith(all)) ?? [];
  expect(namesOf(passed)).toEqual([
    "Secret/it-next",
    ...["0", "1"].flatMap((index) =>
      ["Service", "Pod", "Ingress"].map((kind) => `${kind}/cm-acme-http-solver-it-${index}`),
    ),
  ]);
  expect(passed[1]?.type).toBe("ClusterIP");
});

test("a name in a zone that the issuer writes to needs no pods", () => {
  const http01 = { http01: { ingress: {} } };
  const dns01 = (zone: string) => ({ selector: { dnsZones: [zone] }, dns01: { route53: {} } });
  const solvers = [http01, dns01("example"), { ...http01, selector: { dnsZones: ["b.example"] } }];
  const all = [certificate(), issuer({ acme: { ...acme.acme, solvers } })];
  const passed = passing.get("cert-manager.io/Certificate")?.(certificate(), clusterWith(all)) ?? [];
  // The longest zone decides, whatever the order.
  expect(namesOf(passed)).toEqual([
    "Secret/it-next",
    ...["Service", "Pod", "Ingress"].map((kind) => `${kind}/cm-acme-http-solver-it-1`),
  ]);
});

test("an Ingress that names no issuer makes nothing", () => {
  const spec = { tls: [{ hosts: ["a.example"], secretName: "kept" }] };
  const ingress = (annotations: Readonly<Record<string, string>>) =>
    resourceOf({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", annotations, spec });
  expect(madeOf(ingress({}))).toEqual([]);
  expect(namesOf(madeOf(ingress({ "cert-manager.io/issuer": "issuer" })))).toEqual(["Certificate/kept"]);
});
