import { answersWithin } from "../../infra/config/hosts";
import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { paths } from ".";

const faults = (...pieces: readonly Piece[]) =>
  faultsOf(paths, evidenceOf(...pieces)).map((text) => text.replace(/^.*?, ai\.example: /, ""));

const namespace = "atlas";
const issuer = (...solvers: readonly object[]) =>
  object("issuer", "cert-manager.io/v1", "ClusterIssuer", {
    metadata: { name: "letsencrypt-prod" },
    spec: { acme: { server: "https://acme.example", privateKeySecretRef: { name: "a" }, solvers } },
  });
const overHttp = { http01: { ingress: {} } };
const byRecord = { selector: { dnsZones: ["example"] }, dns01: { route53: { region: "us-east-1" } } };

const ingress = (annotations: Readonly<Record<string, string>> = {}, path = "/", tls = ["ai.example"]) =>
  object("ingress", "networking.k8s.io/v1", "Ingress", {
    metadata: {
      name: "ai",
      namespace,
      annotations: { "cert-manager.io/cluster-issuer": "letsencrypt-prod", ...annotations },
    },
    spec: {
      tls: [{ hosts: tls, secretName: "ai-tls" }],
      rules: [
        {
          host: "ai.example",
          http: { paths: [{ path, backend: { service: { name: "ai", port: { number: 80 } } } }] },
        },
      ],
    },
  });

const demanding = {
  "http-snippets": 'proxy_request_buffering off;\nmap "$host/$key" $past { default 0; "ai.example/" 1; }',
  "server-snippets": "if ($past) { return 403; }",
  "worker-connections": "4096",
};
const nginx = (entries: Readonly<Record<string, string>>): Piece => ({
  type: "kubernetes:helm.sh/v3:Release",
  name: "ingress-release",
  inputs: {
    name: "nginx-ingress",
    namespace: "ingress",
    chart: "nginx-ingress",
    version: "1",
    values: { controller: { config: { entries } } },
  },
});

const group = (name: string, ...counted: readonly string[]) => ({
  statement: {
    managedRuleGroupStatement: {
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
});
const firewall = (limit: number, ...groups: readonly object[]): Piece => ({
  type: "aws:wafv2/webAcl:WebAcl",
  name: "firewall",
  inputs: {
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

const long = { "nginx.org/proxy-read-timeout": "300s", [answersWithin]: "300s" };
const inTheOpen = [issuer(overHttp), nginx(demanding)];
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
    expect(faults(nginx(demanding), ingress())).toEqual(["nobody signs its certificate"]);
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

describe("at the ingress", () => {
  test("a rate has a burst, and holds for all pods together", () => {
    expect(faults(...inTheOpen, ingress({ "nginx.org/limit-req-rate": "100r/s" }))).toEqual([
      "of requests at once all but one in 100r/s are refused",
      "each of its pods allows 100r/s by itself",
    ]);
  });

  test("uploads without a bound are not kept on its disk, and long requests find connections", () => {
    const buffering = [issuer(overHttp), nginx({ "worker-connections": "1024" })];
    expect(faults(...buffering, ingress({ "nginx.org/client-max-body-size": "0" }))).toEqual([
      "its uploads are kept on the pod's disk, which has no bound",
    ]);
    expect(faults(...buffering, ingress(long))).toEqual([
      "a thousand long requests take all connections of a pod",
    ]);
  });

  const service = object("service", "v1", "Service", {
    metadata: { name: "ai", namespace },
    spec: { selector: { app: "ai" }, ports: [{ port: 80, targetPort: 8000 }] },
  });
  const running = (image: string) =>
    object("deployment", "apps/v1", "Deployment", {
      metadata: { name: "ai", namespace },
      spec: {
        template: { metadata: { labels: { app: "ai" } }, spec: { containers: [{ name: "ai", image }] } },
      },
    });

  test("Triton is asked at its own paths", () => {
    const triton = [...inTheOpen, service, running("nvcr.io/nvidia/tritonserver:25.08-py3")];
    expect(faults(...triton, ingress({}, "/api/models"))).toEqual([
      "Service ai knows paths from /v2 on, and gets /api/models: 404",
    ]);
    const rewritten = { "nginx.org/rewrites": "serviceName=ai rewrite=/v2/models" };
    expect(faults(...triton, ingress(rewritten, "/api/models"))).toEqual([]);
  });

  test("Grafana's pages are told of what changes", () => {
    const grafana = [...inTheOpen, service, running("docker.io/grafana/grafana:12.0.0")];
    expect(faults(...grafana, ingress())).toEqual([
      "Service ai speaks WebSockets, which NGINX does not pass on",
    ]);
    expect(faults(...grafana, ingress({ "nginx.org/websocket-services": "ai" }))).toEqual([]);
  });
});

describe("a load balancer of a Service's own", () => {
  const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
  const gates = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };
  const space = (labels: Readonly<Record<string, string>>) =>
    object("namespace", "v1", "Namespace", { metadata: { name: namespace, labels } });
  const balanced = (annotations: Readonly<Record<string, string>>) =>
    object("service", "v1", "Service", {
      metadata: { name: "stream", namespace, annotations },
      spec: {
        type: "LoadBalancer",
        loadBalancerClass: "service.k8s.aws/nlb",
        selector: { app: "stream" },
        ports: [{ port: 443, targetPort: 8080 }],
      },
    });
  const serving = (seconds: number) =>
    object("deployment", "apps/v1", "Deployment", {
      metadata: { name: "stream", namespace },
      spec: {
        template: {
          metadata: { labels: { app: "stream" } },
          spec: {
            containers: [
              { name: "stream", image: "stream:1", lifecycle: { preStop: { sleep: { seconds } } } },
            ],
          },
        },
      },
    });
  const open = {
    [`${prefix}scheme`]: "internet-facing",
    [`${prefix}ssl-cert`]: "arn",
    [`${prefix}target-group-attributes`]:
      "deregistration_delay.timeout_seconds=60,preserve_client_ip.enabled=true",
    "external-dns.alpha.kubernetes.io/hostname": "stream.example",
  };
  const found = (...pieces: readonly Piece[]) =>
    faults(...pieces).map((text) => text.replace("aws: Service atlas/stream: ", ""));

  test("is encrypted, has a name, shows visitors' addresses and loses no request", () => {
    expect(found(space(gates), balanced(open), serving(90))).toEqual([]);
  });

  test("lacks all that", () => {
    expect(found(space({}), balanced({ [`${prefix}scheme`]: "internet-facing" }), serving(10))).toEqual([
      "the world reaches it, and it speaks in the clear",
      "the world reaches it, and it has no name",
      "its pods see its own addresses, and not visitors'",
      "it sends to pods of stream for 300 s after they were told to go, and they serve on for less",
      "a rollout takes old pods away before it sends to new ones",
    ]);
  });

  test("inside the network needs neither name nor certificate", () => {
    const inside = {
      [`${prefix}scheme`]: "internal",
      [`${prefix}target-group-attributes`]: "deregistration_delay.timeout_seconds=60",
    };
    expect(found(space(gates), balanced(inside), serving(90))).toEqual([]);
  });
});
