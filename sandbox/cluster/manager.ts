import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fullDiskAdvice } from "../../cli/disk-full";
import { hasCode } from "../../cli/errors";
import { Failure } from "../../cli/failure";
import type { Reporter } from "../../cli/reporter";
import { withLock } from "../lock";
import type { ProcessIdentity } from "../process-identity";
import type { ControlPlaneTools } from "../toolchain/tools";
import { minorOf, versions } from "../toolchain/versions";
import { KubernetesApi, type KubernetesObject } from "./api";
import { type ControlPlaneProcesses, processesOf } from "./components";
import type { Daemon } from "./daemon";
import { allRecords, ClusterFolder, type ClusterRecord, replaceFile } from "./folder";
import { writeKubeconfigs } from "./kubeconfig";
import { kwokConfiguration } from "./kwok-configuration";
import { NodePools } from "./node-pools";
import { chooseFreePorts, isFree, ownerOf } from "./ports";
import type { ClusterIdentity, ClusterManager, ControlPlane, NodePoolSpec } from "./types";

export interface ClusterManagerOptions {
  /**
   * Seconds without a heartbeat after which a node counts as lost. Kubernetes' own default is 40 to 50; a busy laptop
   * stalls longer than that, and lost nodes take their pods with them.
   * @default 600
   */
  readonly nodeMonitorGraceSeconds?: number;
}

/** How long an API server may take to answer on a machine that has a lot else to do. */
const startMilliseconds = 180_000;

/** Real control planes as background processes of this machine. */
export class LocalClusterManager implements ClusterManager {
  private readonly nodeMonitorGraceSeconds: number;

  constructor(
    private readonly tools: ControlPlaneTools,
    private readonly reporter: Reporter,
    { nodeMonitorGraceSeconds = 600 }: ClusterManagerOptions = {},
  ) {
    this.nodeMonitorGraceSeconds = nodeMonitorGraceSeconds;
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

  private async withNodePools(
    identity: ClusterIdentity,
    work: (pools: NodePools) => Promise<void>,
  ): Promise<void> {
    await this.ensureRunning(identity);
    const folder = new ClusterFolder(identity);
    const record = await existing(folder);
    const api = await apiOf(folder, record);
    try {
      const { all } = this.processes(folder, record);
      await work(new NodePools(api, identity.cloud, record.version, () => checkAlive(folder, all)));
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
    await certificates().ensurePki(folder.path("pki"));
    await replaceFile(
      folder.path("pki", "tokens.csv"),
      `${record.token},administrator,administrator,system:masters\n`,
    );
    await replaceFile(folder.path("kwok.yaml"), kwokConfiguration(this.nodeMonitorGraceSeconds / 4));
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
          "Stop that process and try again; or destroy the stack, so that the cluster is made anew with other ports.",
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
    return processesOf(folder, record, this.tools, { nodeMonitorGraceSeconds: this.nodeMonitorGraceSeconds });
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

/** Loaded when a control plane starts, which few runs need: the X.509 library takes a while. */
function certificates(): typeof import("./pki") {
  return require("./pki");
}

/**
 * Answers with what does not run, or no longer. With the API server its clients go too: those of a real control plane lose
 * their lease meanwhile and start afresh. Ones that stayed would wait longer and longer between their attempts to reach it,
 * each of their watches for itself; and a garbage collector that missed the end of an owner takes the next object of its
 * name for it, and keeps what the first one left.
 */
async function stopOutdated({
  etcd,
  apiServer,
  clients,
  all,
}: ControlPlaneProcesses): Promise<readonly Daemon[]> {
  for (const daemon of all) {
    daemon.adoptOrphan();
    if (daemon.isOutdated()) {
      await daemon.stop(10_000);
    }
  }
  if (!etcd.isRunning() || !apiServer.isRunning()) {
    await Promise.all(clients.map((daemon) => daemon.stop(10_000)));
  }
  return all.filter((daemon) => !daemon.isRunning());
}

/**
 * A pod whose deletion an API server had begun when it was killed stays: kwok asks once, and a kubelet asks until it is gone.
 */
async function finishDeletions(api: KubernetesApi): Promise<void> {
  try {
    const { items } = await api.list<KubernetesObject>("/api/v1/pods");
    await Promise.all(
      items
        .filter(({ metadata }) => metadata.deletionGracePeriodSeconds === 0)
        .map(({ metadata: { namespace, name } }) =>
          api.delete(`/api/v1/namespaces/${namespace}/pods/${name}`, { gracePeriodSeconds: 0 }),
        ),
    );
  } finally {
    api.close();
  }
}

async function startAll(daemons: readonly Daemon[]): Promise<void> {
  await Promise.all(daemons.map((daemon) => daemon.start()));
}

async function checkAlive(folder: ClusterFolder, daemons: readonly Daemon[]): Promise<void> {
  const deaths = await deathsOf(folder, daemons);
  if (deaths.length > 0) {
    throw new Failure(deaths.join("\n"));
  }
}

function deathsOf(folder: ClusterFolder, daemons: readonly Daemon[]): Promise<readonly string[]> {
  const dead = daemons.filter((daemon) => !daemon.isRunning());
  return Promise.all(dead.map((daemon) => deathOf(folder, daemon)));
}

async function deathOf(folder: ClusterFolder, dead: Daemon): Promise<string> {
  const ended = `${dead.spec.name} of cluster ${folder.id} is not running any more.`;
  const advice = fullDiskAdvice(await dead.lastLines(200));
  return advice === undefined
    ? `${ended} Last lines of ${dead.log}:\n${await dead.lastLines()}`
    : `${ended} ${advice} Its log is ${dead.log}`;
}

async function existing(folder: ClusterFolder): Promise<ClusterRecord> {
  const record = await folder.record();
  if (record === undefined) {
    throw new Failure(`There is no cluster ${folder.id}: nothing at ${folder.root}.`);
  }
  return record;
}

async function apiOf(folder: ClusterFolder, record: ClusterRecord): Promise<KubernetesApi> {
  return new KubernetesApi({
    endpoint: `https://127.0.0.1:${record.ports.api}`,
    authority: await readFile(folder.certificate("ca"), "utf8"),
    token: record.token,
  });
}

async function keptPorts(except: ClusterFolder): Promise<ReadonlySet<number>> {
  const others = (await allRecords()).filter(({ cloud, name }) => `${cloud}-${name}` !== except.id);
  return new Set(others.flatMap(({ ports }) => [ports.api, ports.etcd, ports.etcdPeer]));
}

/** Kubernetes emulates its three minor versions before; anything else would not be what was asked for. */
function servableVersion(version: string): string {
  const newest = minorOf(versions.kubernetes);
  const [major, minor] = newest.split(".").map(Number);
  const servable = [3, 2, 1, 0].map((back) => `${major}.${(minor ?? 0) - back}`);
  const asked = minorOf(version.replace(/^v/, ""));
  if (!servable.includes(asked)) {
    throw new Failure(
      `The sandbox cannot serve Kubernetes "${version}": its API server is ${versions.kubernetes} and serves ${servable.join(", ")}.`,
    );
  }
  return asked;
}

function isOlder(one: string, other: string): boolean {
  const number = (version: string) => Number(version.split(".")[1]);
  return number(one) < number(other);
}
