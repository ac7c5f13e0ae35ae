import { answersWithin } from "../../infra/config/hosts";
import type { Piece } from "../../test/support/proofs/evidence";
import {
  demanding,
  faults,
  group,
  ingress,
  inTheOpen,
  issuer,
  long,
  nginx,
  overHttp,
} from "../../test/support/proofs/paths";

const byRecord = { selector: { dnsZones: ["example"] }, dns01: { route53: { region: "us-east-1" } } };

const firewall = (limit: number, ...groups: readonly object[]): Piece => ({
  type: "aws:wafv2/webAcl:WebAcl",
  name: "firewall",
  inputs: {
    scope: "CLOUDFRONT",
    rules: [{ statement: { rateBasedStatement: { limit, evaluationWindowSec: 600 } } }, ...groups],
  },
});

interface Distributed {
  readonly seconds?: number;
  readonly keys?: readonly string[];
  readonly policy?: string;
}

const cloudFront = ({ seconds = 120, keys = ["A", "B"], policy }: Distributed = {}): Piece => ({
  type: "aws:cloudfront/distribution:Distribution",
  name: "edge",
  inputs: {
    aliases: ["ai.example"],
    webAclId: "arn:aws:wafv2/webAcl:WebAcl:firewall",
    defaultCacheBehavior: {
      targetOriginId: "api",
      originRequestPolicyId: policy ?? "33f36d7e-f396-46d9-90e0-52428a34d9dc",
    },
    origins: [
      {
        originId: "api",
        customHeaders: keys.map((name) => ({ name, value: "[secret]" })),
        customOriginConfig: { originReadTimeout: seconds },
      },
    ],
  },
});

const atTheEdge = [issuer(overHttp, byRecord), nginx(demanding), cloudFront(), firewall(60_000)];

test("a host in the open, and one behind CloudFront", () => {
  expect(faults(...inTheOpen, ingress(long))).toEqual([]);
  expect(faults(...atTheEdge, ingress({ ...long, [answersWithin]: "120s" }))).toEqual([]);
});

describe("certificates", () => {
  test("behind CloudFront nobody answers a challenge over HTTP", () => {
    const pieces = [issuer(overHttp), nginx(demanding), cloudFront(), firewall(60_000)];
    expect(faults(...pieces, ingress())).toEqual([
      "it is proven by HTTP-01, and its name leads to CloudFront: the challenge is never answered",
    ]);
  });

  test("a host has one, and someone who signs it", () => {
    expect(faults(...inTheOpen, ingress({}, "/", []))).toEqual(["the host has no certificate"]);
    expect(faults(nginx(demanding), ingress())).toEqual(["its certificate has no issuer"]);
    expect(faults(issuer(byRecord), nginx(demanding), ingress())).toEqual([]);
  });
});

describe("the narrowest place is what the stack says", () => {
  test("CloudFront gives up first", () => {
    expect(faults(...atTheEdge, ingress(long))).toEqual([
      "it says that an answer begins within 300 s, and CloudFront waits 120 s",
    ]);
  });

  test("NGINX waits a minute, unless told otherwise", () => {
    expect(faults(...inTheOpen, ingress({ [answersWithin]: "300s" }))).toEqual([
      "it says that an answer begins within 300 s, and NGINX waits 60 s",
    ]);
  });

  test("a load balancer ends connections that are silent", () => {
    const slow = { "nginx.org/proxy-read-timeout": "600s", [answersWithin]: "600s" };
    expect(faults(...inTheOpen, ingress(slow))).toEqual([
      "it says that an answer begins within 600 s, and NLB waits 350 s",
      "the NLB ends connections before NGINX does",
    ]);
  });
});

describe("behind CloudFront", () => {
  const host = ingress({ ...long, [answersWithin]: "120s" });
  const rest = [issuer(byRecord), host];

  test.each([
    [
      "a firewall that blocks large bodies",
      [nginx(demanding), cloudFront(), firewall(60_000, group("AWSManagedRulesSQLiRuleSet", "SQLi_BODY"))],
      ["the firewall's SQLiExtendedPatterns_BODY blocks bodies that the services are meant to get"],
    ],
    [
      "an ingress that anybody may call",
      [nginx({ "worker-connections": "4096" }), cloudFront(), firewall(60_000)],
      ["the ingress answers it past CloudFront and its firewall"],
    ],
    [
      "an edge without keys",
      [nginx(demanding), cloudFront({ keys: [] }), firewall(60_000)],
      ["the ingress answers it past CloudFront and its firewall"],
    ],
    [
      "a single key",
      [nginx(demanding), cloudFront({ keys: ["A"] }), firewall(60_000)],
      ["the one key cannot be changed without refusing requests"],
    ],
    [
      "an edge that hides visitors",
      [nginx(demanding), cloudFront({ policy: "216adef6-5c7f-47e4-b989-5492eafa07d3" }), firewall(60_000)],
      ["CloudFront keeps to itself whom it speaks for"],
    ],
  ])("%s", (_, pieces, expected) => {
    expect(faults(...rest, ...pieces)).toEqual(expected);
  });

  const limited = (key: string) =>
    ingress({
      "nginx.org/limit-req-rate": "100r/s",
      "nginx.org/limit-req-burst": "200",
      "nginx.org/limit-req-scale": "true",
      "nginx.org/limit-req-key": key,
    });

  test("limits count visitors", () => {
    const pieces = [issuer(byRecord), nginx(demanding), cloudFront(), firewall(60_000)];
    expect(faults(...pieces, limited("$visitor"))).toEqual([]);
    expect(faults(...pieces, limited("$binary_remote_addr"))).toEqual([
      "its rate counts CloudFront's addresses, and not visitors",
    ]);
  });

  test("the firewall allows what the ingress does", () => {
    const pieces = [issuer(byRecord), nginx(demanding), cloudFront(), firewall(1000)];
    expect(faults(...pieces, limited("$visitor"))).toEqual([
      "the ingress allows 100 requests a second, and the firewall 1.7",
    ]);
  });
});
