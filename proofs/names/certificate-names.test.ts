import { namespace } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object } from "../../test/support/proofs/evidence";
import { certificatesAreForNames } from "./certificate-names";

const service = object("service", "v1", "Service", {
  metadata: { name: "cart", namespace },
  spec: { selector: {} },
});

test.each<readonly [object, number]>([
  [{ dnsNames: ["cart.shop.svc"] }, 0],
  [{ dnsNames: ["cart"] }, 0],
  [{ dnsNames: ["*.cart.shop.svc.cluster.local"] }, 0],
  [{ dnsNames: ["cart-0.cart.shop.svc"] }, 0],
  [{ dnsNames: ["other.example", "cart.shop.svc"] }, 0],
  [{ dnsNames: ["card.shop.svc"] }, 1],
  [{ dnsNames: ["cart.till.svc"] }, 1],
  [{ isCA: true, dnsNames: ["authority"] }, 0],
  // A client's is for no name.
  [{ commonName: "client" }, 0],
])("a certificate with %j", (spec, count) => {
  const certificate = object("certificate", "cert-manager.io/v1", "Certificate", {
    metadata: { name: "cart", namespace },
    spec: { secretName: "cart-tls", issuerRef: { name: "issuer" }, ...spec },
  });
  expect(faultsOf(certificatesAreForNames, evidenceOf(service, certificate))).toHaveLength(count);
});
