import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { hasCode } from "../../cli/errors";
import { Failure } from "../../cli/failure";
import { withLock } from "../../cli/lock";
import type { ProcessIdentity } from "../../cli/process-identity";
import type { Reporter } from "../../cli/reporter";
import type { ControlPlaneTools } from "../../toolchain/tools";
import type { ApiClient } from "../api-server/client";
import { ApiError } from "../api-server/errors";
import { type ComponentOptions, type ControlPlaneProcesses, processesOf } from "./components";
import { allRecords, ClusterFolder, type ClusterRecord, replaceFile } from "./folder";
import { writeKubeconfigs } from "./kubeconfig";
import { kwokConfiguration } from "./kwok-configuration";
import { NodePools } from "./node-pools";
import { chooseFreePorts, isFree, ownerOf } from "./ports";
import { checkAlive, deathsOf, finishDeletions, startAll, stopOutdated } from "./processes";
import { apiOf, existing, keptPorts } from "./records";
import { isOlder, servableVersion } from "./served-version";
import type { ClusterIdentity, ClusterManager, ControlPlane, NodePoolSpec } from "./types";

export interface ClusterManagerOptions {
  /**
   * Seconds without a heartbeat after which a node counts as lost. Kubernetes' own default is 40 to 50; a busy laptop
   * stalls longer than that, and lost nodes take their pods with them.
   * @default 600
   */
  readonly nodeMonitorGraceSeconds?: number;
  /** The script that controls a cluster's cloud: it calls `controlCloud`. */
  readonly cloudController: string;
}

/** How long an API server may take to answer on a machine that has a lot else to do. */
const startMilliseconds = 180_000;

/** Real control planes as background processes of this machine. */
export class LocalClusterManager implements ClusterManager {
  private readonly options: ComponentOptions;

  constructor(
    private readonly tools: ControlPlaneTools,
    private readonly reporter: Reporter,
    options: ClusterManagerOptions,
  ) {
    this.options = { nodeMonitorGraceSeconds: 600, ...options };
  }

  async start(identity: ClusterIdentity, { version }: { readonly version: string }): Promise<ControlPlane> {
    const minor = servableVersion(version);
    const folder = new ClusterFolder(identity);
    return this.exclusively(folder, async () => {
      const found = await folder.record();
      if (found !== undefined && isOlder(minor, found.version)) {
        throw new Failure(
          `Cluster ${folder.id} runs Kubernetes ${found.version} and cannot go back to ${minor}: Kubernetes has no way to downgrade a control plane.`,
        );
      }
      const record = found === undefined ? await this.begin(folder, minor) : { ...found, version: minor };
      return this.bringUp(folder, record);
    });
  }

  async find(identity: ClusterIdentity): Promise<ControlPlane | undefined> {
    const folder = new ClusterFolder(identity);
    const record = await folder.record();
    return record?.hasServed ? folder.controlPlane(record) : undefined;
  }

  async ensureRunning(identity: ClusterIdentity): Promise<ControlPlane> {
    const folder = new ClusterFolder(identity);
    const settled = await this.whenHealthy(folder);
    if (settled !== undefined) {
      return settled;
    }
    return this.exclusively(folder, async () => this.bringUp(folder, await existing(folder)));
  }

  async deaths(identity: ClusterIdentity): Promise<readonly string[]> {
    const folder = new ClusterFolder(identity);
    const record = await folder.record();
    return record?.hasServed ? deathsOf(folder, this.processes(folder, record).all) : [];
  }

  async remove(identity: ClusterIdentity): Promise<void> {
    const folder = new ClusterFolder(identity);
    await this.exclusively(folder, async () => {
      const record = await folder.record();
      if (record !== undefined) {
        const { all } = this.processes(folder, record);
        for (const daemon of all) {
          daemon.adoptOrphan();
        }
        await Promise.all(all.map((daemon) => daemon.stop(0)));
      }
      await folder.removeAll();
    });
  }

  async list(): Promise<readonly ClusterIdentity[]> {
    return (await allRecords()).map(({ cloud, name }) => ({ cloud, name }));
  }

  async applyNodePool(identity: ClusterIdentity, pool: NodePoolSpec): Promise<void> {
    await this.withNodePools(identity, (pools) => pools.apply(pool));
  }

  async removeNodePool(identity: ClusterIdentity, poolName: string): Promise<void> {
    await this.withNodePools(identity, (pools) => pools.remove(poolName));
  }

  async define(identity: ClusterIdentity, definitions: readonly object[]): Promise<void> {
    await this.withApi(identity, async (api) => {
      for (const definition of definitions) {
        await api
          .create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition)
          .catch((error: unknown) => {
            if (!(error instanceof ApiError && error.reason === "AlreadyExists")) throw error;
          });
      }
    });
  }

  private async withNodePools(
    identity: ClusterIdentity,
    work: (pools: NodePools) => Promise<void>,
  ): Promise<void> {
    await this.withApi(identity, async (api, folder, record) => {
      const { all } = this.processes(folder, record);
      await work(new NodePools(api, identity.cloud, record.version, () => checkAlive(folder, all)));
    });
  }

  private async withApi(
    identity: ClusterIdentity,
    work: (api: ApiClient, folder: ClusterFolder, record: ClusterRecord) => Promise<void>,
  ): Promise<void> {
    await this.ensureRunning(identity);
    const folder = new ClusterFolder(identity);
    const record = await existing(folder);
    const api = await apiOf(folder, record);
    try {
      await work(api, folder, record);
    } finally {
      api.close();
    }
  }

  /** The first file of a cluster: from here on an interrupted start can be continued, or cleaned up. */
  private async begin(folder: ClusterFolder, version: string): Promise<ClusterRecord> {
    return withLock("cluster-ports", async () => {
      const record: ClusterRecord = {
        cloud: folder.identity.cloud,
        name: folder.identity.name,
        version,
        token: randomBytes(24).toString("hex"),
        ports: await chooseFreePorts(await keptPorts(folder)),
        hasServed: false,
      };
      await folder.saveRecord(record);
      return record;
    });
  }

  private async bringUp(folder: ClusterFolder, wanted: ClusterRecord): Promise<ControlPlane> {
    const record = await this.settlePorts(folder, wanted);
    await folder.saveRecord(record);
    if (!existsSync(folder.path("pki"))) await certificates().writePki(folder.path("pki"));
    await replaceFile(
      folder.path("pki", "tokens.csv"),
      `${record.token},administrator,administrator,system:masters\n`,
    );
    await replaceFile(folder.path("kwok.yaml"), kwokConfiguration(this.options.nodeMonitorGraceSeconds / 4));
    await writeKubeconfigs(folder, record);

    const processes = this.processes(folder, record);
    const stopped = await stopOutdated(processes);
    if (stopped.length > 0) {
      this.reporter.step(
        record.hasServed
          ? `Restarting ${stopped.map(({ spec }) => spec.name).join(", ")} of ${folder.id}`
          : `Starting control plane ${folder.id} (Kubernetes ${record.version})`,
      );
    }
    await startAll([processes.etcd, processes.apiServer].filter((daemon) => stopped.includes(daemon)));
    await this.waitForApi(folder, record, processes);
    if (stopped.includes(processes.apiServer)) await finishDeletions(await apiOf(folder, record));
    await startAll(processes.clients.filter((daemon) => stopped.includes(daemon)));
    await checkAlive(folder, processes.all);
    const serving = { ...record, hasServed: true };
    await folder.saveRecord(serving);
    return folder.controlPlane(serving);
  }

  /** Keeps the ports that clients know; before anybody can know them, others are chosen when they are taken. */
  private async settlePorts(folder: ClusterFolder, record: ClusterRecord): Promise<ClusterRecord> {
    const { etcd, apiServer } = this.processes(folder, record);
    etcd.adoptOrphan();
    apiServer.adoptOrphan();
    const needed = [
      ...(etcd.isRunning() ? [] : [{ user: "etcd", port: record.ports.etcd }]),
      ...(etcd.isRunning() ? [] : [{ user: "etcd", port: record.ports.etcdPeer }]),
      ...(apiServer.isRunning() ? [] : [{ user: "kube-apiserver", port: record.ports.api }]),
    ];
    for (const { user, port } of needed) {
      if (await isFree(port)) {
        continue;
      }
      if (!record.hasServed) {
        await Promise.all([etcd.stop(0), apiServer.stop(0)]);
        const ports = await withLock("cluster-ports", async () => chooseFreePorts(await keptPorts(folder)));
        return { ...record, ports };
      }
      throw new Failure(
        [
          `Port ${port} on 127.0.0.1, which ${user} of cluster ${folder.id} keeps, is taken by ${(await ownerOf(port)) ?? "another process"}.`,
          "Stop that process and try again; or destroy the stack, so that the cluster is created again with other ports.",
        ].join(" "),
      );
    }
    return record;
  }

  private async waitForApi(
    folder: ClusterFolder,
    record: ClusterRecord,
    { etcd, apiServer }: ControlPlaneProcesses,
  ): Promise<void> {
    const api = await apiOf(folder, record);
    const deadline = performance.now() + startMilliseconds;
    try {
      while (!(await api.isReady())) {
        await checkAlive(folder, [etcd, apiServer]);
        if (performance.now() > deadline) {
          throw new Failure(
            `kube-apiserver of cluster ${folder.id} is not ready after ${startMilliseconds / 1000} s. Last lines of ${apiServer.log}:\n${await apiServer.lastLines()}`,
          );
        }
        await sleep(100);
      }
    } finally {
      api.close();
    }
  }

  /** The common case, without the lock: everything runs, with today's code. */
  private async whenHealthy(folder: ClusterFolder): Promise<ControlPlane | undefined> {
    const record = await existing(folder);
    const { all } = this.processes(folder, record);
    if (!record.hasServed || !all.every((daemon) => daemon.isRunning() && !daemon.isOutdated())) {
      return undefined;
    }
    const api = await apiOf(folder, record);
    try {
      return (await api.isReady()) ? await folder.controlPlane(record) : undefined;
    } finally {
      api.close();
    }
  }

  private processes(folder: ClusterFolder, record: ClusterRecord): ControlPlaneProcesses {
    return processesOf(folder, record, this.tools, this.options);
  }

  private async exclusively<Result>(folder: ClusterFolder, work: () => Promise<Result>): Promise<Result> {
    const tell = ({ pid }: ProcessIdentity) => {
      if (pid !== process.pid) {
        this.reporter.detail(`Waiting for process ${pid}, which is busy with cluster ${folder.id}`);
      }
    };
    try {
      return await withLock(`cluster-${folder.id}`, work, tell);
    } catch (error) {
      if (hasCode(error, "ENOSPC", "EDQUOT")) {
        throw new Failure(
          `The disk is full: cluster ${folder.id} cannot be kept at ${folder.root}. Free some space, or set XDG_CACHE_HOME to a folder on a larger disk.`,
        );
      }
      throw error;
    }
  }
}

/** Loaded for the first start of a control plane alone: the X.509 library takes a while. */
function certificates(): typeof import("./pki") {
  return require("./pki");
}
