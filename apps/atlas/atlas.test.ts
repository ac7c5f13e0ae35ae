import { build, container, objects } from "../../test/support/atlas/built";
import { named } from "../../test/support/recorded/site";

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
