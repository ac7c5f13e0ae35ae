import { route53Records } from "../../infra/aws/dns";
import type { Pool } from "../../infra/cluster/cluster";
import { answersWithin } from "../../infra/config/hosts";
import type { RecordedObject } from "../../test/support/recorded/objects";
import { clouds } from "../../test/support/recorded/objects";
import { named, record, type SiteChanges } from "../../test/support/recorded/site";
import { placed } from "../../test/support/systems";
import { createSystems } from "..";
import { atlas } from "./definition";

const systems = placed({ atlas: { cluster: "aws", gpuPool: "gpu" } });

const compute: Pool = {
  name: "ai-compute",
  labels: { "workload-type": "cpu-intensive" },
  taints: [],
  allocatable: { cpuMillis: 15_890, memoryMib: 60_000 },
  spot: false,
  minimum: 3,
  maximum: 20,
  zones: ["a", "b", "c"],
};

const cards: Pool = {
  ...compute,
  name: "gpu",
  labels: { accelerator: "nvidia-gpu", "ai-platform/pool": "gpu" },
  taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
  gpu: { model: "A10G", count: 1 },
};

async function build(changes: SiteChanges = {}): Promise<readonly RecordedObject[]> {
  const { objects } = await record((site) => createSystems(site, [atlas], { operators: {} }), {
    systems,
    pools: [compute, cards],
    ...changes,
  });
  return objects;
}

let objects: readonly RecordedObject[];
beforeAll(async () => {
  objects = await build();
});

const container = "spec.template.spec.containers.0";

describe("000's deployments", () => {
  test.each([
    ["ai-orchestrator", 3, { cpu: "500m", memory: "1Gi" }, { cpu: "1000m", memory: "2Gi" }],
    ["ml-pipeline", 2, { cpu: "2000m", memory: "4Gi" }, { cpu: "4000m", memory: "8Gi" }],
    [
      "model-serving-gpu",
      2,
      { cpu: "4000m", memory: "8Gi", "nvidia.com/gpu": "1" },
      { cpu: "8000m", memory: "16Gi", "nvidia.com/gpu": "1" },
    ],
  ])("%s has %d replicas, and asks for what the seed says", (workload, replicas, requests, limits) => {
    const spec = named(objects, "Deployment", workload, "spec");
    expect(spec).toMatchObject({ replicas, selector: { matchLabels: { app: workload } } });
    expect(named(objects, "Deployment", workload, `${container}.resources`)).toMatchObject({
      requests,
      limits,
    });
    expect(named(objects, "Deployment", workload, "metadata.namespace")).toBe("atlas-ai-production");
  });

  test("the orchestrator's pods: labels, annotations, ports, variables, probes, one to a node (A1)", () => {
    expect(named(objects, "Deployment", "ai-orchestrator", "spec.strategy")).toEqual({
      type: "RollingUpdate",
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
    expect(named(objects, "Deployment", "ai-orchestrator", "spec.template")).toMatchObject({
      metadata: {
        labels: { app: "ai-orchestrator", version: "v2.0.0", tier: "ai-services" },
        annotations: {
          "prometheus.io/scrape": "true",
          "prometheus.io/port": "8084",
          "prometheus.io/path": "/metrics",
        },
      },
      spec: {
        serviceAccountName: "ai-orchestrator-sa",
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              {
                labelSelector: { matchLabels: { app: "ai-orchestrator" } },
                topologyKey: "kubernetes.io/hostname",
              },
            ],
          },
        },
      },
    });
    expect(named(objects, "Deployment", "ai-orchestrator", container)).toMatchObject({
      ports: [
        { name: "http", containerPort: 8084 },
        { name: "metrics", containerPort: 9090 },
      ],
      env: [
        { name: "ENVIRONMENT", value: "production" },
        { name: "LOG_LEVEL", value: "info" },
        { name: "REDIS_URL", valueFrom: { secretKeyRef: { name: "redis-credentials", key: "url" } } },
        { name: "HASURA_ENDPOINT", value: "http://hasura-service.atlas-financial:8081/v1/graphql" },
        { name: "JWT_SECRET", valueFrom: { secretKeyRef: { name: "jwt-secrets", key: "secret" } } },
        // Every service is traced. (001)
        { name: "OTEL_SERVICE_NAME", value: "ai-orchestrator" },
        { name: "OTEL_RESOURCE_ATTRIBUTES", value: "deployment.environment.name=production" },
        { name: "OTEL_EXPORTER_OTLP_PROTOCOL", value: "grpc" },
        { name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: "http://otel-collector.atlas-monitoring.svc:4317" },
      ],
      livenessProbe: {
        httpGet: { path: "/health", port: "http" },
        initialDelaySeconds: 30,
        periodSeconds: 10,
        timeoutSeconds: 5,
        failureThreshold: 3,
      },
      readinessProbe: {
        httpGet: { path: "/ready", port: "http" },
        initialDelaySeconds: 20,
        periodSeconds: 5,
        timeoutSeconds: 3,
        failureThreshold: 3,
      },
      volumeMounts: expect.arrayContaining([
        { name: "app-config", mountPath: "/app/config", readOnly: true },
      ]),
    });
    expect(named(objects, "ConfigMap", "ai-orchestrator-config", "data")).toHaveProperty([
      "orchestrator.yaml",
    ]);
  });

  test("the orchestrator may do what the seed's role says, and no more", () => {
    expect(named(objects, "Role", "ai-orchestrator-role", "rules")).toEqual([
      { apiGroups: [""], resources: ["configmaps", "secrets"], verbs: ["get", "list", "watch"] },
      { apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["update"] },
    ]);
    expect(named(objects, "RoleBinding", "ai-orchestrator-rolebinding", "subjects")).toEqual([
      { kind: "ServiceAccount", name: "ai-orchestrator-sa", namespace: "atlas-ai-production" },
    ]);
  });

  test("the pipeline finds its brokers, its features, its registry and its cache on nodes for CPU (A3)", () => {
    expect(named(objects, "Deployment", "ml-pipeline", "spec.template.spec")).toMatchObject({
      nodeSelector: { "workload-type": "cpu-intensive" },
      containers: [
        {
          env: expect.arrayContaining([
            { name: "MODEL_REGISTRY_URL", value: "http://mlflow-service:5000" },
            expect.objectContaining({ name: "KAFKA_BROKERS", value: expect.stringMatching(/:9092$/) }),
            {
              name: "FEATURE_STORE_URL",
              valueFrom: { secretKeyRef: { name: "timescaledb-secrets", key: "url" } },
            },
          ]),
          volumeMounts: expect.arrayContaining([{ name: "models", mountPath: "/models" }]),
        },
      ],
      volumes: expect.arrayContaining([
        { name: "models", persistentVolumeClaim: { claimName: "model-cache-pvc" } },
      ]),
    });
  });

  test("Triton has a card, its repository and shared memory, and starts as the seed starts it (A4)", () => {
    expect(named(objects, "Deployment", "model-serving-gpu", "spec.template.spec")).toMatchObject({
      nodeSelector: { "ai-platform/pool": "gpu" },
      tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
      containers: [
        {
          image: expect.stringMatching(/^nvcr\.io\/nvidia\/tritonserver:\d\d\.\d\d-py3$/),
          command: ["tritonserver"],
          args: [
            "--model-repository=/models",
            "--allow-gpu-metrics=true",
            "--metrics-port=8002",
            "--http-port=8000",
            "--grpc-port=8001",
            // Triton sends its spans by settings of its own. (001)
            "--trace-config=mode=opentelemetry",
            "--trace-config=opentelemetry,url=http://otel-collector.atlas-monitoring.svc:4318/v1/traces",
            "--trace-config=opentelemetry,resource=service.name=model-serving-gpu",
            "--trace-config=level=TIMESTAMPS",
            "--trace-config=rate=1",
          ],
        },
      ],
      volumes: expect.arrayContaining([
        { name: "models", persistentVolumeClaim: { claimName: "model-repository-pvc" } },
        { name: "dev-shm", emptyDir: { medium: "Memory", sizeLimit: "1Gi" } },
      ]),
    });
  });
});

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

  test("on a laptop nobody makes load balancers: a port of the node, or inside only", async () => {
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

describe("Triton's repository", () => {
  const models = { name: "models", region: "us-east-1", hosts: ["s3.us-east-1.amazonaws.com"] };

  test("is the version that the stack names, brought from the bucket before it is served (A4)", async () => {
    const withBucket = await build({ buckets: { models } });
    const environment = named(withBucket, "Job", "model-repository-sync", `${container}.env`);
    expect(environment).toContainEqual({ name: "MODELS", value: "triton-v1.0.0" });
    expect(environment).toContainEqual({ name: "SOURCE", value: "bucket:models/atlas" });
    expect(named(withBucket, "Deployment", "model-serving-gpu", `${container}.volumeMounts`)).toContainEqual({
      name: "models",
      mountPath: "/models",
      subPath: "triton-v1.0.0",
      readOnly: true,
    });
  });

  test("is what is on the volume, where there is no bucket", () => {
    expect(named(objects, "Deployment", "model-serving-gpu", `${container}.volumeMounts`)).toContainEqual({
      name: "models",
      mountPath: "/models",
      readOnly: true,
    });
  });
});

describe("data of the environments (000)", () => {
  const data = { name: "data", region: "us-east-1", hosts: ["s3.us-east-1.amazonaws.com"] };
  const jobContainer = `spec.jobTemplate.${container}`;

  test.each([
    ["development", "sample-data", "atlas-ai-dev", "0 3 * * *"],
    ["staging", "anonymised-data", "atlas-ai-staging", "0 6 * * *"],
    ["production", "data-anonymiser", "atlas-ai-production", "0 4 * * *"],
  ] as const)("in %s comes from %s", async (environment, job, namespace, schedule) => {
    const made = await build({ environment, buckets: { data } });
    expect(named(made, "CronJob", job)).toMatchObject({
      metadata: { namespace },
      spec: { schedule, suspend: false, concurrencyPolicy: "Forbid" },
    });
    expect(named(made, "CronJob", job, `${jobContainer}.env`)).toContainEqual({
      name: "FEATURE_STORE_URL",
      valueFrom: { secretKeyRef: { name: "timescaledb-secrets", key: "url" } },
    });
  });

  test("goes through a folder of the stack's own bucket, and development needs none", async () => {
    const staging = await build({ environment: "staging", buckets: { data } });
    expect(named(staging, "CronJob", "anonymised-data", `${jobContainer}.env`)).toEqual(
      expect.arrayContaining([
        { name: "DATA_BUCKET", value: "data" },
        { name: "DATA_PREFIX", value: "atlas/anonymised/" },
      ]),
    );
    const development = await build({ environment: "development" });
    expect(JSON.stringify(named(development, "CronJob", "sample-data"))).not.toContain("DATA_BUCKET");
  });
});
