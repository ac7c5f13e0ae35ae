import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where the sandbox keeps what outlives a run: tools, control planes, simulated clouds, Pulumi state, logs.
 * One folder per user and not per clone, so that a second clone builds nothing again.
 */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "ai-platform");
}

/** Folders below the cache root, by what they hold. */
export const cachePaths = {
  /**
   * Built tools, one folder per pinned version. `AI_PLATFORM_TOOLS` names another folder, so that tests (and machines
   * that share a disk) can have state of their own without building the tools again.
   */
  tools: (): string => process.env.AI_PLATFORM_TOOLS || join(cacheRoot(), "tools"),
  /** One folder per control plane: keys, etcd data, kubeconfig, process records, logs. */
  clusters: (): string => join(cacheRoot(), "clusters"),
  /** The simulated clouds: one JSON file per cloud resource. */
  clouds: (): string => join(cacheRoot(), "clouds"),
  /** Archives of charts whose digests the lock knows, by digest. */
  charts: (): string => join(cacheRoot(), "charts"),
  /** Manifests that were read from the network, by their address. */
  manifests: (): string => join(cacheRoot(), "manifests"),
  /** PULUMI_HOME and the file backend with every stack's state. */
  pulumi: (): string => join(cacheRoot(), "pulumi"),
  /** Logs of runs. */
  logs: (): string => join(cacheRoot(), "logs"),
  /** Lock files that keep two runs from trampling each other. */
  locks: (): string => join(cacheRoot(), "locks"),
} as const;
