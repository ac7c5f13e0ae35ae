import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cachePaths } from "../../cli/cache";
import { hasCode } from "../../cli/errors";
import { entriesOf } from "../../cli/folder-entries";
import { understood } from "../../cli/understood";
import type { Cloud, ClusterIdentity, ControlPlane } from "./types";

/** What must stay the same for as long as the cluster exists; written before anything is started. */
export interface ClusterRecord {
  readonly cloud: Cloud;
  readonly name: string;
  /** Kubernetes minor version that the API server serves, `1.35`. */
  readonly version: string;
  /** Bearer token of the administrator. */
  readonly token: string;
  readonly ports: ClusterPorts;
  /** True once the API has answered: from then on clients know the ports. */
  readonly hasServed: boolean;
}

/** Ports on 127.0.0.1. */
export interface ClusterPorts {
  readonly api: number;
  readonly etcd: number;
  readonly etcdPeer: number;
}

/** One cluster's folder: all that is known about it, so that any process can take over. */
export class ClusterFolder {
  readonly id: string;
  readonly root: string;

  constructor(readonly identity: ClusterIdentity) {
    this.id = `${identity.cloud}-${identity.name}`;
    this.root = join(cachePaths.clusters(), this.id);
  }

  path(...parts: readonly string[]): string {
    return join(this.root, ...parts);
  }

  get kubeconfig(): string {
    return this.path("kubeconfig");
  }

  key(name: string): string {
    return this.path("pki", `${name}.key`);
  }

  certificate(name: string): string {
    return this.path("pki", `${name}.crt`);
  }

  logOf(processName: string): string {
    return this.path("logs", `${processName}.log`);
  }

  /** Undefined when no cluster was ever begun here. */
  async record(): Promise<ClusterRecord | undefined> {
    try {
      return await readRecord(this.path("cluster.json"));
    } catch (error) {
      if (hasCode(error, "ENOENT")) {
        return undefined;
      }
      throw error;
    }
  }

  async saveRecord(record: ClusterRecord): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    await replaceFile(this.path("cluster.json"), `${JSON.stringify(record, null, 2)}\n`);
  }

  async controlPlane(record: ClusterRecord): Promise<ControlPlane> {
    return {
      endpoint: `https://127.0.0.1:${record.ports.api}`,
      certificateAuthority: (await readFile(this.certificate("ca"))).toString("base64"),
      token: record.token,
      kubeconfigPath: this.kubeconfig,
    };
  }

  async removeAll(): Promise<void> {
    await rm(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Every cluster that was begun, in a stable order. */
export async function allRecords(): Promise<readonly ClusterRecord[]> {
  const records: ClusterRecord[] = [];
  for (const folder of await entriesOf(cachePaths.clusters())) {
    try {
      records.push(await readRecord(join(cachePaths.clusters(), folder, "cluster.json")));
    } catch (error) {
      if (!hasCode(error, "ENOENT", "ENOTDIR")) {
        throw error;
      }
    }
  }
  return records;
}

async function readRecord(file: string): Promise<ClusterRecord> {
  const text = await readFile(file, "utf8");
  return understood(
    file,
    () => JSON.parse(text),
    `Its cluster cannot be used: end what has ${dirname(file)} in its command line, delete that folder, and bring the stack up with --refresh.`,
  );
}

/** Replaces a file as a whole: a reader, or a run that was killed half-way, sees the old or the new one. */
export async function replaceFile(path: string, content: string, mode = 0o600): Promise<void> {
  const temporary = `${path}.${process.pid}.new`;
  await writeFile(temporary, content, { mode });
  await rename(temporary, path);
}
