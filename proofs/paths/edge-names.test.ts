import { evidenceOf, object, type Piece } from "../../test/support/proofs/evidence";
import { edgeNames } from "./edge-names";

type Cloud = Readonly<Record<string, Piece | undefined>>;

const proven = "aws:acm/certificateValidation:CertificateValidation::certificate";
const distribution = (inputs: object = {}, dependsOn: string[] = [proven]): Piece => ({
  type: "aws:cloudfront/distribution:Distribution",
  name: "edge",
  inputs: {
    aliases: ["shop.example"],
    webAclId: "arn:aws:wafv2/webAcl:WebAcl:firewall",
    viewerCertificate: { acmCertificateArn: "arn:aws:acm/certificate:Certificate:certificate" },
    ...inputs,
  },
  options: { dependsOn },
});
const originated = (domainName: string) =>
  distribution({ origins: [{ domainName, customOriginConfig: {} }] });
const named: Piece = {
  type: "kubernetes:helm.sh/v3:Release",
  name: "ingress",
  inputs: {
    name: "ingress",
    namespace: "ingress",
    chart: "nginx-ingress",
    version: "1",
    values: { service: { annotations: { hostname: "origin.shop.example" } } },
  },
};
const certificate = (domainName = "shop.example", more: object = {}): Piece => ({
  type: "aws:acm/certificate:Certificate",
  name: "certificate",
  inputs: { domainName, validationMethod: "DNS", ...more },
});
const firewall = (scope: string): Piece => ({
  type: "aws:wafv2/webAcl:WebAcl",
  name: "firewall",
  inputs: { scope },
});
const record = (name: string, inputs: object): Piece => ({ type: "aws:route53/record:Record", name, inputs });
const balancer = (host: string): Piece =>
  object("balancer", "v1", "Service", {
    metadata: {
      name: "stream",
      namespace: "shop",
      annotations: {
        "external-dns.alpha.kubernetes.io/hostname": host,
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm/certificate:Certificate:certificate",
      },
    },
    spec: { type: "LoadBalancer" },
  });

const whole: Cloud = {
  zone: { type: "aws:route53/zone:Zone", name: "zone", inputs: { name: "shop.example" } },
  distribution: distribution(),
  firewall: firewall("CLOUDFRONT"),
  certificate: certificate(),
  validation: {
    type: "aws:acm/certificateValidation:CertificateValidation",
    name: "certificate",
    inputs: { certificateArn: "arn:aws:acm/certificate:Certificate:certificate" },
  },
  proof: record("proof", {
    name: "_proof.shop.example",
    type: "CNAME",
    records: ["certificate.acm.example"],
  }),
  leading: record("leading", {
    name: "shop.example",
    type: "A",
    aliases: [{ name: "edge.cloudfront.example" }],
  }),
};

test.each<readonly [string, Cloud, string | undefined]>([
  ["is whole", {}, undefined],
  ["has no record", { leading: undefined }, "no record leads shop.example to it"],
  [
    "has a record for newer visitors alone",
    {
      leading: record("leading", {
        name: "shop.example",
        type: "AAAA",
        aliases: [{ name: "edge.cloudfront.example" }],
      }),
    },
    "no record leads",
  ],
  ["has a record that people make", { zone: undefined, leading: undefined, proof: undefined }, undefined],
  [
    "has a name that its certificate has not",
    { certificate: certificate("till.example") },
    "its certificate is not for shop.example",
  ],
  [
    "has a certificate for all names",
    { certificate: certificate("till.example", { subjectAlternativeNames: ["*.example"] }) },
    undefined,
  ],
  [
    "does not wait for its certificate",
    { distribution: distribution({}, []) },
    "does not wait until its certificate is issued",
  ],
  ["has an origin of a name", { named, distribution: originated("origin.shop.example") }, undefined],
  [
    "has an origin of no name",
    { named, distribution: originated("orign.shop.example") },
    "nothing has the name of its origin",
  ],
  ["has an origin elsewhere", { distribution: originated("origin.example") }, undefined],
  [
    "has no firewall",
    { distribution: distribution({ webAclId: undefined }) },
    "no firewall stands before it",
  ],
  ["has a firewall for load balancers", { firewall: firewall("REGIONAL") }, "is of the scope REGIONAL"],
  ["has a certificate that nothing proves", { proof: undefined }, "no record proves shop.example"],
  ["stands beside a balancer of its name", { balancer: balancer("shop.example") }, undefined],
  [
    "stands beside a balancer of another name",
    { balancer: balancer("stream.shop.example") },
    "its certificate is for shop.example, and its name is stream.shop.example",
  ],
])("an edge that %s", (_, changed, rule) => {
  const pieces = Object.values({ ...whole, ...changed }).flatMap((piece) => piece ?? []);
  const found = edgeNames(evidenceOf(...pieces)).faults.map((fault) => fault.rule);
  expect(found).toEqual(rule === undefined ? [] : [expect.stringContaining(rule)]);
});
