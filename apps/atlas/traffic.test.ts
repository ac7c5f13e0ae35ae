import { route53Records } from "../../infra/aws/dns";
import { answersWithin } from "../../infra/config/hosts";
import { build, container, objects } from "../../test/support/atlas/built";
import { clouds } from "../../test/support/recorded/objects";
import { named } from "../../test/support/recorded/site";

describe("autoscalers, as 001 has them", () => {
  const resource = (name: string, averageUtilization: number) => ({
    type: "Resource",
    resource: { name, target: { type: "Utilization", averageUtilization } },
  });
  const perPod = (name: string, averageValue: string) => ({
    type: "Pods",
    pods: { metric: { name }, target: { type: "AverageValue", averageValue } },
  });

  test.each([
    ["ai-engine", 3, 20, 70, 80, [perPod("inference_requests_per_second", "50")], 60],
    ["market-data", 3, 15, 60, 70, [perPod("websocket_connections", "500")], 30],
    ["ab-testing", 2, 10, 75, 80, [], 60],
  ])(
    "%s: %d to %d, CPU %d %%, memory %d %%",
    (workload, minimum, maximum, cpu, memory, podMetrics, upPeriod) => {
      expect(named(objects, "HorizontalPodAutoscaler", `${workload}-hpa`, "spec")).toMatchObject({
        minReplicas: minimum,
        maxReplicas: maximum,
        metrics: [resource("cpu", cpu), resource("memory", memory), ...podMetrics],
        behavior: {
          scaleUp: {
            policies: [
              { type: "Percent", value: 50, periodSeconds: upPeriod },
              { type: "Pods", value: 2, periodSeconds: upPeriod },
            ],
          },
          scaleDown: {
            policies: [
              { type: "Percent", value: 10, periodSeconds: 60 },
              { type: "Pods", value: 1, periodSeconds: 60 },
            ],
          },
        },
      });
    },
  );

  test.each(["ai-engine", "market-data"])("%s keeps two whatever is drained", (workload) => {
    expect(named(objects, "PodDisruptionBudget", `${workload}-pdb`, "spec.minAvailable")).toBe(2);
  });

  test("the engine has 001's size and all three probes (A2)", () => {
    expect(named(objects, "Deployment", "ai-engine", container)).toMatchObject({
      resources: { requests: { cpu: "1000m", memory: "2Gi" }, limits: { cpu: "2000m", memory: "4Gi" } },
      startupProbe: { failureThreshold: 30 },
      livenessProbe: { httpGet: { path: "/health" } },
      readinessProbe: { httpGet: { path: "/ready" } },
    });
  });

  test("Market Data turns clients away after 1,000 requests in a quarter of an hour (A5)", () => {
    expect(named(objects, "Deployment", "market-data", `${container}.env`)).toEqual(
      expect.arrayContaining([
        { name: "RATE_LIMIT_REQUESTS", value: "1000" },
        { name: "RATE_LIMIT_WINDOW_SECONDS", value: "900" },
      ]),
    );
  });

  test.each([
    [
      "ai-orchestrator",
      "InPlaceOrRecreate",
      { cpu: "200m", memory: "512Mi" },
      { cpu: "2000m", memory: "4Gi" },
    ],
    ["ai-engine", "Off", { cpu: "500m", memory: "1Gi" }, { cpu: "4", memory: "8Gi" }],
  ])("%s: a vertical autoscaler in the mode %s (D8)", (workload, updateMode, minAllowed, maxAllowed) => {
    expect(named(objects, "VerticalPodAutoscaler", `${workload}-vpa`, "spec")).toMatchObject({
      updatePolicy: { updateMode },
      resourcePolicy: { containerPolicies: [{ minAllowed, maxAllowed }] },
    });
  });
});

describe("services", () => {
  test.each([
    ["ai-orchestrator-service", "ClusterIP", { http: 8084, metrics: 9090 }],
    ["ai-engine-service", "ClusterIP", { http: 8080 }],
    ["ab-testing-service", "ClusterIP", { http: 8080 }],
    ["market-data-service", "LoadBalancer", { websocket: 443 }],
    ["model-serving-service", "LoadBalancer", { http: 8000, grpc: 8001, metrics: 8002 }],
  ])("%s is a %s on the seed's ports", (service, type, ports) => {
    expect(named(objects, "Service", service, "spec")).toMatchObject({
      type,
      ports: Object.entries(ports).map(([name, port]) => ({ name, port, targetPort: name })),
    });
  });

  const marketData = "market-data.atlas-financial.com";
  const named443 = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;

  test("Market Data's load balancer speaks TLS under a name of its own, and leaves visitors their addresses (A5, 001)", async () => {
    const zone = {
      records: route53Records,
      domains: ["atlas-financial.com"],
      excluded: [],
      ingressNames: [],
    } as const;
    const known = await build({ certificates: { [marketData]: "arn:certificate" }, dns: zone });
    expect(named(known, "Service", "market-data-service", "metadata.annotations")).toMatchObject({
      [named443("scheme")]: "internet-facing",
      [named443("ssl-cert")]: "arn:certificate",
      [named443("ssl-ports")]: "443",
      [named443("ssl-negotiation-policy")]: "ELBSecurityPolicy-TLS13-1-3-2021-06",
      [named443("target-group-attributes")]:
        "deregistration_delay.timeout_seconds=60,preserve_client_ip.enabled=true",
      "external-dns.alpha.kubernetes.io/hostname": marketData,
    });
  });

  test("without a certificate it stays within the network: nothing is said in the clear", () => {
    const annotations = named(objects, "Service", "market-data-service", "metadata.annotations");
    expect(annotations).toMatchObject({ [named443("scheme")]: "internal" });
    expect(annotations).not.toHaveProperty([named443("ssl-cert")]);
    expect(annotations).not.toHaveProperty(["external-dns.alpha.kubernetes.io/hostname"]);
  });

  test.each(["market-data", "model-serving-gpu"])(
    "%s serves on for longer than its load balancer takes to leave it, and is given time to end after that",
    (workload) => {
      const pod = named(objects, "Deployment", workload, "spec.template.spec");
      expect(pod).toMatchObject({
        terminationGracePeriodSeconds: 120,
        containers: [{ lifecycle: { preStop: { sleep: { seconds: 90 } } } }],
      });
    },
  );

  test.each([
    ["market-data-service", "internal"],
    ["model-serving-service", "internal"],
  ])("%s has a network load balancer that is %s, over all zones", (service, scheme) => {
    expect(named(objects, "Service", service)).toMatchObject({
      metadata: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-scheme": scheme,
          "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
          "service.beta.kubernetes.io/aws-load-balancer-attributes": "load_balancing.cross_zone.enabled=true",
        },
      },
      spec: { loadBalancerClass: "service.k8s.aws/nlb" },
    });
  });

  test("a laptop has no load balancers: a port of the node, or inside only", async () => {
    const local = await build({ cloud: clouds.local, environment: "development" });
    expect(named(local, "Service", "market-data-service", "spec.type")).toBe("NodePort");
    expect(named(local, "Service", "model-serving-service", "spec.type")).toBe("ClusterIP");
    expect(JSON.stringify(local)).not.toContain("aws-load-balancer");
  });
});

test("behind CloudFront limits count visitors, and not CloudFront's own addresses", async () => {
  const behind = await build({ edge: { host: "ai.atlas-financial.com", answerTimeoutSeconds: 120 } });
  expect(named(behind, "Ingress", "ai-services-ingress")).toMatchObject({
    metadata: { annotations: { "nginx.org/limit-req-key": `$\{visitor}`, [answersWithin]: "120s" } },
  });
});

test("the ingress has the seed's host, paths, limits and timeouts (A8)", () => {
  const ingress = named(objects, "Ingress", "ai-services-ingress");
  expect(ingress).toMatchObject({
    metadata: {
      annotations: {
        "cert-manager.io/cluster-issuer": "letsencrypt-prod",
        "nginx.org/limit-req-rate": "100r/s",
        // Of requests at once NGINX refuses all but the first without a burst, and each of its pods counts for itself.
        "nginx.org/limit-req-burst": "200",
        "nginx.org/limit-req-no-delay": "true",
        "nginx.org/limit-req-scale": "true",
        "nginx.org/limit-req-key": `$\{binary_remote_addr}`,
        "nginx.org/proxy-buffering": "false",
        [answersWithin]: "300s",
        // Triton answers at its own path only: at any other it has a 404.
        "nginx.org/rewrites": "serviceName=model-serving-service rewrite=/v2/models",
        "nginx.org/websocket-services": "ai-orchestrator-service,ai-engine-service",
        "nginx.org/client-max-body-size": "50m",
        "nginx.org/proxy-read-timeout": "300s",
      },
    },
    spec: {
      ingressClassName: "nginx",
      tls: [{ hosts: ["ai.atlas-financial.com"], secretName: "ai-atlas-financial-tls" }],
      rules: [{ host: "ai.atlas-financial.com" }],
    },
  });
  expect(named(objects, "Ingress", "ai-services-ingress", "spec.rules.0.http.paths")).toEqual(
    [
      ["/api/v2/ai/orchestrator", "ai-orchestrator-service", 8084],
      ["/api/v2/ai/models", "model-serving-service", 8000],
      ["/api/v2/ai/engine", "ai-engine-service", 8080],
      ["/api/v2/ai/experiments", "ab-testing-service", 8080],
    ].map(([path, name, number]) => ({
      path,
      pathType: "Prefix",
      backend: { service: { name, port: { number } } },
    })),
  );
});
