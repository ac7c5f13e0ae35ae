import type { ClusterIdentity, ClusterManager, NodePoolSpec } from "../../../sandbox/cluster/types";
import type { OperationOptions } from "../../../sandbox/providers/standin";

/** A cluster manager for tests, which writes down what it is asked for and starts nothing. */
export class FakeClusters implements ClusterManager {
  readonly versions = new Map<string, string>();
  readonly pools = new Map<string, NodePoolSpec>();
  /** Definitions of custom resources, each after its cluster. */
  readonly defined: string[] = [];

  async start(identity: ClusterIdentity, { version }: { readonly version: string }) {
    this.versions.set(key(identity), version);
    return controlPlane(identity);
  }

  async find(identity: ClusterIdentity) {
    return this.versions.has(key(identity)) ? controlPlane(identity) : undefined;
  }

  async ensureRunning(identity: ClusterIdentity) {
    return controlPlane(identity);
  }

  async deaths(): Promise<readonly string[]> {
    return [];
  }

  async remove(identity: ClusterIdentity): Promise<void> {
    this.versions.delete(key(identity));
  }

  async list(): Promise<readonly ClusterIdentity[]> {
    return [];
  }

  async applyNodePool(identity: ClusterIdentity, pool: NodePoolSpec): Promise<void> {
    this.pools.set(`${key(identity)}/${pool.name}`, pool);
  }

  async define(identity: ClusterIdentity, definitions: readonly object[]): Promise<void> {
    this.defined.push(...definitions.map((definition) => `${key(identity)}: ${JSON.stringify(definition)}`));
  }

  async removeNodePool(identity: ClusterIdentity, poolName: string): Promise<void> {
    this.pools.delete(`${key(identity)}/${poolName}`);
  }
}

/** Options of an operation in a test; what it logs is kept. */
export function operation(preview = false): OperationOptions & { readonly logged: readonly string[] } {
  const logged: string[] = [];
  return {
    preview,
    timeoutSeconds: 0,
    log: (message, severity = "info") => {
      logged.push(`${severity}: ${message}`);
    },
    signal: new AbortController().signal,
    logged,
  };
}

function key({ cloud, name }: ClusterIdentity): string {
  return `${cloud}-${name}`;
}

function controlPlane(identity: ClusterIdentity) {
  return {
    endpoint: "https://127.0.0.1:6443",
    certificateAuthority: "Q0E=",
    token: `token-of-${identity.name}`,
    kubeconfigPath: "/dev/null",
  };
}
