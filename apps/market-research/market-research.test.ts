import { z } from "zod";
import type { Pool } from "../../infra/cluster/cluster";
import { pods } from "../../infra/network/edge";
import type { Bundle } from "../../infra/secrets/bundle";
import type { RecordedObject } from "../../test/support/recorded/objects";
import { generalPool, only, record, type SiteChanges } from "../../test/support/recorded/site";
import { MarketResearch } from ".";
import type { MarketResearchArgs } from "./context";

const gpuPool: Pool = {
  ...generalPool,
  name: "gpu",
  labels: { accelerator: "nvidia-gpu", "ai-platform/pool": "gpu" },
  taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
  gpu: { model: "A10G", count: 1 },
};

const secrets: Bundle = {
  name: "marketresearch-secrets",
  system: "market-research",
  rotationDays: 90,
  type: "Opaque",
  labels: {},
  keys: { "openai-api-key": { source: "stack", optional: false } },
  consumers: ["inference-api"],
};

const production: MarketResearchArgs["config"] = {
  cluster: "aws",
  gpuPool: "gpu",
  host: "research.example.com",
  images: { registry: "registry.example.com/research", tag: "v1", of: {} },
  modelVersion: "1.1.0",
  embedderSchedule: "0 2 * * *",
  trainingGpus: 2,
};

const models = { name: "models", region: "us-east-1", hosts: ["s3.us-east-1.amazonaws.com"] };
const data = { ...models, name: "data" };

const variables = z.array(z.object({ name: z.string(), value: z.string().optional() }));

async function build(config: Partial<typeof production> = {}, changes: SiteChanges = {}) {
  const { objects, site } = await record(
    (site) => new MarketResearch("research", { site, config: { ...production, ...config } }),
    { pools: [generalPool, gpuPool], buckets: { models, data }, bundles: [secrets], ...changes },
  );
  const named = (name: string): readonly RecordedObject[] =>
    objects.filter(({ logicalName }) => logicalName.includes(name));
  return { objects, named, site };
}

const container = "spec.template.spec.containers.0";

test.each([
  ["inference-api", "Deployment", { cpu: "500m", memory: "1Gi" }],
  ["ner-service", "Deployment", { cpu: "4", memory: "16Gi", "nvidia.com/gpu": "1" }],
])("%s asks for what the seed says of production", async (workload, kind, requests) => {
  const { named } = await build();
  expect(only(named(workload), kind, `${container}.resources.requests`)).toMatchObject(requests);
});

test.each([
  ["inference-api", { cpu: "500m", memory: "1Gi" }],
  ["ner-service", { cpu: "1", memory: "2Gi" }],
])("%s asks for what the seed says where there are no cards", async (workload, requests) => {
  const { named } = await build({ gpuPool: undefined }, { environment: "staging" });
  expect(only(named(workload), "Deployment", `${container}.resources.requests`)).toMatchObject(requests);
});

test("services answer at /health", async () => {
  const { named } = await build();
  for (const workload of ["inference-api", "ner-service"]) {
    expect(only(named(workload), "Deployment", container)).toMatchObject({
      livenessProbe: { httpGet: { path: "/health" } },
      readinessProbe: { httpGet: { path: "/health" } },
    });
  }
});

test("the index is rebuilt every day at two (N2)", async () => {
  const { named } = await build();
  expect(only(named("embedder-cron"), "CronJob", "spec")).toMatchObject({
    schedule: "0 2 * * *",
    timeZone: "Etc/UTC",
    suspend: false,
    concurrencyPolicy: "Forbid",
  });
});

test("models are fetched without any key: by identity (C6)", async () => {
  const { named } = await build();
  const job = only(named("model-sync"), "Job", "spec.template.spec");
  expect(job).toMatchObject({ serviceAccountName: "model-sync", priorityClassName: "batch" });
  expect(JSON.stringify(job)).not.toMatch(/ACCESS_KEY|SECRET/);
});

test("training runs when somebody asks, on as many cards as the stack says (N2)", async () => {
  const { named } = await build();
  expect(only(named("model-training"), "CronJob", "spec")).toMatchObject({
    suspend: true,
    jobTemplate: { spec: { completionMode: "Indexed", completions: 2, parallelism: 2 } },
  });
});

describe("the workers of a training run", () => {
  const jobSpec = "spec.jobTemplate.spec";
  const template = `${jobSpec}.template.spec`;

  test("find the first of them by its name in DNS, before they are Ready", async () => {
    const { named } = await build();
    const training = named("model-training");
    expect(only(training, "Service", "spec")).toMatchObject({
      clusterIP: "None",
      publishNotReadyAddresses: true,
      selector: { app: "model-training" },
    });
    expect(only(training, "CronJob", `${template}.subdomain`)).toBe("model-training-workers");
    const environment = z
      .array(z.object({ name: z.string() }).loose())
      .parse(only(training, "CronJob", `${template}.containers.0.env`));
    const label = (name: string) => ({
      valueFrom: { fieldRef: { fieldPath: `metadata.labels['batch.kubernetes.io/${name}']` } },
    });
    expect(environment).toEqual(
      expect.arrayContaining([
        { name: "RANK", ...label("job-completion-index") },
        { name: "LOCAL_RANK", value: "0" },
        { name: "WORLD_SIZE", value: "2" },
        { name: "MASTER_ADDR", value: "$(JOB_NAME)-0.model-training-workers.marketresearch.svc" },
        { name: "MASTER_PORT", value: "29500" },
      ]),
    );
    // Kubernetes replaces a variable only with one that comes before it.
    const names = environment.map(({ name }) => name);
    expect(names.indexOf("JOB_NAME")).toBeGreaterThanOrEqual(0);
    expect(names.indexOf("JOB_NAME")).toBeLessThan(names.indexOf("MASTER_ADDR"));
    expect(environment).toContainEqual({ name: "JOB_NAME", ...label("job-name") });
  });

  test("call each other on any port, and no other pods", async () => {
    const { site } = await build();
    const workers = pods("marketresearch", "model-training", { app: "model-training" });
    const among = site.network.edges.filter(({ to }) => to.kind === "pods" && to.name === "model-training");
    expect(among).toEqual([{ from: workers, to: workers, ports: [] }]);
  });

  test("have a node each, make room for whatever serves, and do not fail with what took their place", async () => {
    const { named } = await build();
    const training = named("model-training");
    expect(only(training, "CronJob", template)).toMatchObject({
      priorityClassName: "batch",
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            {
              labelSelector: { matchLabels: { app: "model-training" } },
              topologyKey: "kubernetes.io/hostname",
            },
          ],
        },
      },
    });
    expect(only(training, "CronJob", jobSpec)).toMatchObject({
      backoffLimit: 2,
      podFailurePolicy: {
        rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }],
      },
    });
  });

  test("go to the pool for training, where the stack has one", async () => {
    const poolOf = async (trainingPool?: string) => {
      const own = { ...gpuPool, name: "own", labels: { ...gpuPool.labels, "ai-platform/pool": "own" } };
      const { named } = await build({ trainingPool }, { pools: [generalPool, gpuPool, own] });
      return only(named("model-training"), "CronJob", `${template}.nodeSelector`);
    };
    expect(await poolOf()).toEqual({ "ai-platform/pool": "gpu" });
    expect(await poolOf("own")).toEqual({ "ai-platform/pool": "own" });
  });

  test("are no more than the pool may have nodes", async () => {
    const small = { ...gpuPool, maximum: 3, allocatable: { cpuMillis: 7910, memoryMib: 28_000 } };
    const training = (trainingGpus: number) => build({ trainingGpus }, { pools: [generalPool, small] });
    await expect(training(3)).resolves.toBeDefined();
    await expect(training(4)).rejects.toThrow(
      "The workload model-training in marketresearch cannot run:\n  - its pods fit on no node of the cluster",
    );
    await expect(training(4)).rejects.toThrow(
      "its 4 pods with GPUs need 4 nodes, and the pool has at most 3",
    );
  });
});

test("another version of the models changes what loads and what fetches them, and nothing else (N3)", async () => {
  const before = await build();
  const after = await build({ modelVersion: "1.0.0" });
  const text = (objects: readonly RecordedObject[]) =>
    new Map(objects.map(({ logicalName, inputs }) => [logicalName, JSON.stringify(inputs)]));
  const later = text(after.objects);
  const changed = [...text(before.objects)].filter(([name, inputs]) => later.get(name) !== inputs);
  expect(changed.map(([name]) => name).sort()).toEqual([
    "research-embedder-cron-job",
    "research-model-sync-job",
    "research-ner-service-deployment",
  ]);
  expect(later.get("research-ner-service-deployment")).toContain('"/models/ner-v1.0.0"');
});

test("one name leads from the bucket to the volume and to what loads it (N3)", async () => {
  const { named } = await build();
  const environment = (workload: string, kind: string, path: string) =>
    new Map(
      variables.parse(only(named(workload), kind, path)).map(({ name, value }) => [name, value] as const),
    );
  const sync = environment("model-sync", "Job", `${container}.env`);
  const brought = sync.get("MODELS")?.split(" ");
  expect(brought).toEqual(["embedder-v1.1.0", "ner-v1.1.0"]);
  expect(sync.get("DESTINATION")).toBe("/models");
  const jobContainer = `spec.jobTemplate.${container}`;
  const loaded = [
    environment("ner-service", "Deployment", `${container}.env`).get("MODEL_PATH"),
    environment("embedder-cron", "CronJob", `${jobContainer}.env`).get("MODEL_PATH"),
  ];
  expect(loaded).toEqual(["/models/ner-v1.1.0", "/models/embedder-v1.1.0"]);
});

test("documents come from the bucket of data before the index is rebuilt (N2)", async () => {
  const { named } = await build();
  const sync = JSON.stringify(only(named("documents-sync"), "CronJob", "spec"));
  expect(sync).toContain('"schedule":"0 1 * * *"');
  expect(sync).toContain("market-research/documents");
  const volumes = `spec.jobTemplate.spec.template.spec.volumes`;
  for (const job of ["documents-sync", "embedder-cron"]) {
    expect(only(named(job), "CronJob", volumes)).toContainEqual({
      name: "documents",
      persistentVolumeClaim: { claimName: "documents-pvc" },
    });
  }
});

test("without a bucket of data documents are put on the volume by hand", async () => {
  const { named } = await build({}, { buckets: { models } });
  expect(named("documents-sync")).toEqual([]);
  expect(named("embedder-documents").map(({ name }) => name)).toEqual(["documents-pvc"]);
});

test("the index is rebuilt when the stack says", async () => {
  const { named } = await build({ embedderSchedule: "30 4 * * 1" });
  expect(only(named("embedder-cron"), "CronJob", "spec")).toMatchObject({ schedule: "30 4 * * 1" });
});

test("an up waits neither for the model that people bring, nor for the job that copies it", async () => {
  const { objects } = await build();
  const skipped = objects
    .filter(({ kind }) => kind === "Deployment" || kind === "Job")
    .map(({ inputs }) => Object(inputs.metadata))
    .filter(({ annotations }) => Object(annotations)["pulumi.com/skipAwait"] === "true")
    .map(({ name }) => name);
  expect(skipped.sort()).toEqual(["model-sync", "ner-service"]);
});
