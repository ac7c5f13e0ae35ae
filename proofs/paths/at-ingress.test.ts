import { object, type Piece } from "../../test/support/proofs/evidence";
import {
  faults,
  ingress,
  inTheOpen,
  issuer,
  long,
  namespace,
  nginx,
  overHttp,
} from "../../test/support/proofs/paths";

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

  test("of a cloud without certificates for it is the ingress's alone", () => {
    const plain = (app: string, image: string) => [
      object("service", "v1", "Service", {
        metadata: { name: "stream", namespace },
        spec: { type: "LoadBalancer", selector: { app }, ports: [{ port: 443, targetPort: 8080 }] },
      }),
      object("deployment", "apps/v1", "Deployment", {
        metadata: { name: "stream", namespace },
        spec: {
          template: { metadata: { labels: { app } }, spec: { containers: [{ name: "stream", image }] } },
        },
      }),
    ];
    expect(found(...plain("stream", "stream:1"))).toEqual([
      "the world reaches it, and it speaks in the clear",
    ]);
    expect(found(...plain("nginx", "docker.io/nginx/nginx-ingress:5.5.4"))).toEqual([]);
  });

  test("inside the network needs neither name nor certificate", () => {
    const inside = {
      [`${prefix}scheme`]: "internal",
      [`${prefix}target-group-attributes`]: "deregistration_delay.timeout_seconds=60",
    };
    expect(found(space(gates), balanced(inside), serving(90))).toEqual([]);
  });
});
