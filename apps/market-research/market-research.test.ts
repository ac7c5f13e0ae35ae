import type { Pool } from "../../infra/cluster/cluster";
import type { RecordedObject } from "../../infra/platform/recorded-objects";
import { generalPool, only, record, type SiteChanges } from "../../infra/platform/recorded-site";
import type { Bundle } from "../../infra/secrets/bundle";
import { MarketResearch, type MarketResearchArgs } from ".";

const gpuPool: Pool = {
  ...generalPool,
  name: "gpu",
  labels: { accelerator: "nvidia-gpu" },
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
  trainingGpus: 2,
};

const models = { name: "models", region: "us-east-1", hosts: ["s3.us-east-1.amazonaws.com"] };

async function build(config: Partial<typeof production> = {}, changes: SiteChanges = {}) {
  const { objects } = await record(
    (site) => new MarketResearch("research", { site, config: { ...production, ...config } }),
    { pools: [generalPool, gpuPool], buckets: { models }, bundles: [secrets], ...changes },
  );
  const named = (name: string): readonly RecordedObject[] =>
    objects.filter(({ logicalName }) => logicalName.includes(name));
  return { objects, named };
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
  expect(only(named("embedder"), "CronJob", "spec")).toMatchObject({
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

test("another version of the models changes what loads and what fetches them, and nothing else (N3)", async () => {
  const before = await build();
  const after = await build({ modelVersion: "1.0.0" });
  const text = (objects: readonly RecordedObject[]) =>
    new Map(objects.map(({ logicalName, inputs }) => [logicalName, JSON.stringify(inputs)]));
  const later = text(after.objects);
  const changed = [...text(before.objects)].filter(([name, inputs]) => later.get(name) !== inputs);
  expect(changed.map(([name]) => name).sort()).toEqual([
    "research-model-sync-job",
    "research-ner-service-deployment",
  ]);
  expect(later.get("research-ner-service-deployment")).toContain('"/models/ner-v1.0.0"');
});
