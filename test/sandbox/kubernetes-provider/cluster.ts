import { mkdtempSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { cachePaths } from "../../../cli/cache";
import { silentReporter } from "../../../cli/reporter";
import { ApiClient } from "../../../sandbox/api-server/client";
import { byKubeConfig } from "../../../sandbox/api-server/kubeconfig-access";
import type { ClusterIdentity, ClusterManager } from "../../../sandbox/cluster/types";
import { type KubernetesOptions, kubernetesStandIn } from "../../../sandbox/providers/kubernetes";
import { simulatedClusters } from "../../../simulation/clusters";
import { ensureTools, toolNames } from "../../../toolchain";
import { Engine } from "../engine";
import { runFolder } from "../run-folder";

jest.setTimeout(300_000);

export const identity: ClusterIdentity = { cloud: "local", name: "provider" };

export const folder = mkdtempSync(join(runFolder(), "provider-"));

export let clusters: ClusterManager;

export let kubeconfig: string;

export let helm: string;

export let api: ApiClient;

export const engines: Engine[] = [];

beforeAll(async () => {
  process.env.AI_PLATFORM_TOOLS = cachePaths.tools();
  process.env.XDG_CACHE_HOME = join(folder, "cache");
  const tools = await ensureTools(toolNames, silentReporter);
  process.env.PATH = [...new Set(Object.values(tools).map(dirname)), process.env.PATH].join(delimiter);
  helm = tools.helm;
  clusters = simulatedClusters(tools, silentReporter);
  const { kubeconfigPath } = await clusters.start(identity, { version: "1.35" });
  const capacity = { cpu: "8", memory: "32Gi", pods: "110" };
  await clusters.applyNodePool(identity, {
    name: "laptop",
    count: 2,
    zones: [],
    region: "local",
    instanceTypes: [{ instanceType: "laptop", capacity, allocatable: capacity }],
    labels: {},
    taints: [],
  });
  kubeconfig = kubeconfigPath;
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigPath);
  api = new ApiClient(byKubeConfig(config), { attempts: 5 });
});

afterAll(async () => {
  for (const engine of engines) {
    engine.close();
  }
  await clusters.remove(identity);
  rmSync(folder, { recursive: true, force: true });
});

export async function engine(stack: string, options: Partial<KubernetesOptions> = {}): Promise<Engine> {
  const opened = await Engine.open(stack, [kubernetesStandIn({ helm, ...options })]);
  engines.push(opened);
  return opened;
}

export type Declare = (options: pulumi.CustomResourceOptions, namespace: pulumi.Input<string>) => void;

/**
 * Holds the resources back until the engine has heard that the program is through: the SDK leaves a rejection unhandled
 * when a resource fails the run before that, and Jest takes it for a fault of the test.
 */
export function afterProgram<T>(value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, 300, value));
}

/** A program with one provider and one namespace. */
export function program(
  namespace: string,
  declare: Declare,
  settings: k8s.ProviderArgs = {},
): pulumi.automation.PulumiFn {
  return async () => {
    const provider = new k8s.Provider("cluster", {
      kubeconfig: afterProgram(kubeconfig),
      clusterIdentifier: "provider-test",
      enableConfigMapMutable: true,
      ...settings,
    });
    const made = new k8s.core.v1.Namespace("namespace", { metadata: { name: namespace } }, { provider });
    declare({ provider }, made.metadata.name);
  };
}

export function changesOf({ operations }: { readonly operations: Readonly<Record<string, string>> }) {
  return Object.fromEntries(Object.entries(operations).filter(([, operation]) => operation !== "same"));
}

export const pod = (app: string, cpu = "100m") => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: "main", image: "nginx:1.29", resources: { requests: { cpu } } }] },
});

export function deployment(
  options: pulumi.CustomResourceOptions,
  namespace: pulumi.Input<string>,
  { name = "web", replicas = 1, cpu = "100m", timeout = "60" } = {},
): k8s.apps.v1.Deployment {
  return new k8s.apps.v1.Deployment(
    name,
    {
      metadata: { name, namespace, annotations: { "pulumi.com/timeoutSeconds": timeout } },
      spec: { replicas, selector: { matchLabels: { app: name } }, template: pod(name, cpu) },
    },
    options,
  );
}
