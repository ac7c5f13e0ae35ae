import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cachePaths } from "../../../cli/cache";
import { silentReporter } from "../../../cli/reporter";
import { byToken } from "../../../sandbox/api-server/access";
import { ApiClient } from "../../../sandbox/api-server/client";
import type { KubernetesObject } from "../../../sandbox/api-server/object";
import type { ClusterIdentity, ClusterManager, NodePoolSpec } from "../../../sandbox/cluster";
import { ClusterFolder } from "../../../sandbox/cluster/folder";
import type { Node } from "../../../sandbox/cluster/nodes";
import { simulatedClusters } from "../../../simulation/clusters";
import { ensureTools, type Tools, toolNames } from "../../../toolchain";
import { runFolder } from "../run-folder";

jest.setTimeout(300_000);

export interface Workload extends KubernetesObject {
  readonly status?: { readonly readyReplicas?: number; readonly succeeded?: number };
}

export interface Pod extends KubernetesObject {
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly phase?: string;
    readonly initContainerStatuses?: readonly { readonly state: object }[];
    readonly containerStatuses?: readonly {
      readonly ready: boolean;
      readonly state: { readonly waiting?: { readonly reason: string; readonly message?: string } };
    }[];
  };
}

export const cache = mkdtempSync(join(runFolder(), "control-plane-"));

export const identity: ClusterIdentity = { cloud: "aws", name: "control-plane-test" };

export let tools: Tools;

export let clusters: ClusterManager;

export let api: ApiClient;

export const shape = {
  instanceType: "m6i.xlarge",
  capacity: { cpu: "4", memory: "16Gi", pods: "58" },
  allocatable: { cpu: "3920m", memory: "14Gi", pods: "58" },
};

export const pool: NodePoolSpec = {
  name: "general",
  count: 4,
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  region: "us-east-1",
  instanceTypes: [shape],
  labels: { "workload-type": "general" },
  taints: [],
};

beforeAll(async () => {
  process.env.AI_PLATFORM_TOOLS = cachePaths.tools();
  process.env.XDG_CACHE_HOME = cache;
  tools = await ensureTools(toolNames, silentReporter);
  clusters = simulatedClusters(tools, silentReporter);
  api = new ApiClient(byToken(await clusters.start(identity, { version: "1.35" })));
});

afterAll(async () => {
  api?.close();
  await clusters?.remove(identity);
  rmSync(cache, { recursive: true, force: true });
});

/** Asks until the answer is there. */
export async function eventually<Answer>(ask: () => Promise<Answer | undefined | false>): Promise<Answer> {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (performance.now() > deadline) {
      throw new Error(`Still not so after two minutes: ${ask}`);
    }
    await sleep(100);
  }
}

export async function nodes(poolName: string): Promise<readonly Node[]> {
  const { items } = await api.list<Node>("/api/v1/nodes");
  return items.filter(({ metadata }) => metadata.name.startsWith(`${poolName}-`));
}

export function recordedPids(): Readonly<Record<string, number>> {
  const folder = new ClusterFolder(identity).path("processes");
  return Object.fromEntries(
    readdirSync(folder).map((file) => [
      file.replace(/\.json$/, ""),
      JSON.parse(readFileSync(join(folder, file), "utf8")).pid,
    ]),
  );
}

export function recordsOf(kind: string): readonly string[] {
  const folder = join(cachePaths.clouds(), "aws", "made-by-clusters", "aws-control-plane-test", kind);
  return existsSync(folder) ? readdirSync(folder) : [];
}

export const template = (labels: Record<string, string>, spec: object = {}) => ({
  metadata: { labels },
  spec: { containers: [{ name: "main", image: "registry.k8s.io/pause:3.10", ...spec }] },
});

export const clients = ["kube-controller-manager", "kube-scheduler", "kwok", "cloud-controller"];

export const components = ["etcd", "kube-apiserver", ...clients];
