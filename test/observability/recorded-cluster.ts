import { createSystems } from "../../apps";
import { systems } from "../../apps/registry";
import type { Bucket, BucketPurpose, Cluster, Pool } from "../../infra/cluster/cluster";
import type { Site } from "../../infra/kit/site";
import { Observability } from "../../infra/observability";
import { PlatformServices } from "../../infra/platform";
import type { Bundle } from "../../infra/secrets/bundle";
import { declaredBundles } from "../support/recorded/objects";
import { type Recording, recordServices, type SiteChanges } from "../support/recorded/services";

const general: Pool = {
  name: "general",
  labels: { "workload-type": "cpu-intensive" },
  taints: [],
  allocatable: { cpuMillis: 32_000, memoryMib: 128_000 },
  spot: false,
  minimum: 3,
  maximum: 9,
  zones: ["a", "b", "c"],
};

const cards: Pool = {
  ...general,
  name: "gpu",
  labels: { accelerator: "nvidia-gpu", "ai-platform/pool": "gpu" },
  gpu: { model: "A10G", count: 1 },
};

/** A cluster on which everything runs, and clusters that lack what others have. */
export const clusters = {
  "everything, with cards, buckets and other stacks' environments": {
    stack: {
      systems: {
        atlas: { cluster: "aws", gpuPool: "gpu" },
        aiaas: { cluster: "aws", gpuPool: "gpu", sharedWith: ["staging"] },
        "ai-middleware": { cluster: "aws" },
        "market-research": { cluster: "aws", gpuPool: "gpu" },
      },
      platform: {
        alerts: {
          critical: { type: "pagerduty" },
          warning: { type: "msteams" },
          watchdog: { type: "webhook" },
          escalation: { type: "slack", afterMinutes: 30 },
          onCall: "https://example.com/on-call",
        },
      },
    },
    cluster: {
      pools: [general, cards],
      buckets: buckets("models", "backups", "telemetry"),
      secretStore: {
        region: "us-east-1",
        prefix: "ai-platform/",
        host: "secretsmanager.us-east-1.amazonaws.com",
      },
    },
  },
  "AIaaS alone, without cards and buckets": {
    stack: { systems: { aiaas: { cluster: "aws" } }, platform: { without: ["gitops", "tracing", "backup"] } },
    cluster: { pools: [general] },
  },
  "Atlas alone in staging": {
    stack: {
      environment: "staging",
      systems: { atlas: { cluster: "aws" } },
      platform: { without: ["logging"] },
    },
    cluster: { pools: [general] },
  },
  "no system": { stack: { systems: {} }, cluster: { pools: [general] } },
} as const satisfies Readonly<Record<string, SiteChanges>>;

export type ClusterDescription = keyof typeof clusters;

/** Every secret that people give to a stack. */
function givenSecrets(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const given = ({ keys }: Bundle) =>
    Object.entries(keys).flatMap(([key, { source }]) => (source === "stack" ? [[key, "given"]] : []));
  return Object.fromEntries(
    declaredBundles().map((bundle) => [bundle.name, Object.fromEntries(given(bundle))]),
  );
}

/** Everything that the program makes on a cluster. */
export function recordCluster(description: ClusterDescription): Promise<Recording> {
  const { stack, cluster } = clusters[description];
  const described: SiteChanges = { stack: { ...stack, secrets: givenSecrets() }, cluster };
  return recordServices((site) => {
    const platform = new PlatformServices("platform", { site });
    createSystems(site, systems, platform);
    if (platform.metrics) new Observability("observability", { site, systems, metrics: platform.metrics });
  }, described);
}

/** What one makes of a cluster's site once the platform and the systems are built on it. */
export async function onSite<T>(description: ClusterDescription, make: (site: Site) => T): Promise<T> {
  const made: T[] = [];
  const { stack, cluster } = clusters[description];
  await recordServices(
    (site) => {
      createSystems(site, systems, new PlatformServices("platform", { site }));
      made.push(make(site));
    },
    { stack: { ...stack, secrets: givenSecrets() }, cluster },
  );
  const [first] = made;
  if (first === undefined) throw new Error(`nothing was made on ${description}`);
  return first;
}

function buckets(...purposes: readonly BucketPurpose[]): Cluster["buckets"] {
  const bucket = (purpose: string): Bucket => ({
    name: `a-bucket-for-${purpose}`,
    region: "us-east-1",
    hosts: ["s3.us-east-1.amazonaws.com"],
  });
  return Object.fromEntries(purposes.map((purpose) => [purpose, bucket(purpose)]));
}
