import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Interruption, isInterrupted } from "../cli/interruption";
import { isAlive, type ProcessIdentity } from "../cli/process-identity";
import { byToken } from "../sandbox/api-server/access";
import { ApiClient } from "../sandbox/api-server/client";
import { isStatus } from "../sandbox/api-server/errors";
import type { KubernetesObject } from "../sandbox/api-server/object";
import { ClusterFolder } from "../sandbox/cluster/folder";
import { addressFor, type Node, type NodePlace, nodeOf, placesOf } from "../sandbox/cluster/nodes";
import type { ClusterIdentity, ClusterManager } from "../sandbox/cluster/types";
import { type ElasticPool, elasticPools, nextPlace, type PoolLimits, poolOf } from "./elastic-pool";
import { LivePods } from "./live-pods";
import {
  type Autoscaler,
  type DisruptionBudget,
  hasEnded,
  isOwnedBy,
  isServing,
  isUnschedulable,
  type Pod,
  type Replicated,
  titleOf,
  type Workload,
  workloadKinds,
} from "./objects";
import { podSetsOf } from "./pod-sets";
import { reasonOf } from "./reason";
import { serving } from "./serving";
import type { Volume } from "./volumes";

const resources: Readonly<Record<(typeof workloadKinds)[number], string>> = {
  Deployment: "deployments",
  StatefulSet: "statefulsets",
};

/** One cluster under drill. */
export class DrillCluster {
  private constructor(
    readonly identity: ClusterIdentity,
    readonly api: ApiClient,
    /** All pods, as they change. */
    readonly live: LivePods,
    /** The pools as they were at the beginning, to come back to. */
    readonly pools: readonly ElasticPool[],
    /** What operators keep as pods of their own, as it was at the beginning. */
    readonly podSets: readonly Replicated[],
    private readonly manager: ClusterManager,
    /** Milliseconds without any progress after which something counts as stuck. */
    private readonly patience: number,
  ) {}

  static async open(
    manager: ClusterManager,
    identity: ClusterIdentity,
    limits: ReadonlyMap<string, PoolLimits>,
    patience = 60_000,
  ): Promise<DrillCluster> {
    const access = await manager.ensureRunning(identity);
    const api = new ApiClient(byToken(access));
    const { items } = await api.list<Node>("/api/v1/nodes");
    const live = await LivePods.open(access);
    return new DrillCluster(
      identity,
      api,
      live,
      elasticPools(items, limits),
      podSetsOf(live.all),
      manager,
      patience,
    );
  }

  close(): void {
    this.live.close();
    this.api.close();
  }

  /**
   * `kill -9`, as when its machine is gone, and waits until it is: who looks before takes it for running. The next run of the
   * sandbox starts it again. Answers with what was killed.
   */
  async killApiServer(): Promise<string> {
    const server: ProcessIdentity = JSON.parse(
      readFileSync(new ClusterFolder(this.identity).path("processes", "kube-apiserver.json"), "utf8"),
    );
    process.kill(server.pid, "SIGKILL");
    while (isAlive(server)) await sleep(20);
    return this.name;
  }

  get name(): string {
    return this.identity.name;
  }

  get zones(): readonly string[] {
    return [...new Set(this.pools.flatMap(({ spec }) => spec.zones))].toSorted();
  }

  async nodes(): Promise<readonly Node[]> {
    return (await this.api.list<Node>("/api/v1/nodes")).items;
  }

  async workloads(): Promise<readonly Workload[]> {
    const lists = await Promise.all(
      workloadKinds.map(async (kind) =>
        (await this.api.list<Workload>(`/apis/apps/v1/${resources[kind]}`)).items.map((item) => ({
          ...item,
          kind,
        })),
      ),
    );
    return lists.flat();
  }

  async budgets(): Promise<readonly DisruptionBudget[]> {
    return (await this.api.list<DisruptionBudget>("/apis/policy/v1/poddisruptionbudgets")).items;
  }

  async volumes(): Promise<readonly Volume[]> {
    return (await this.api.list<Volume>("/api/v1/persistentvolumes")).items;
  }

  async autoscalers(): Promise<readonly Autoscaler[]> {
    return (await this.api.list<Autoscaler>("/apis/autoscaling/v2/horizontalpodautoscalers")).items;
  }

  /** Pods that a drain has to move: those of a DaemonSet go with their node. */
  movablePods(nodes: ReadonlySet<string>): readonly Pod[] {
    return this.live.all.filter(
      (pod) =>
        pod.spec.nodeName !== undefined &&
        nodes.has(pod.spec.nodeName) &&
        !hasEnded(pod) &&
        !isOwnedBy(pod, "DaemonSet"),
    );
  }

  get unschedulable(): readonly Pod[] {
    return this.live.all.filter(isUnschedulable);
  }

  workloadPath({ kind, metadata }: Workload, part = ""): string {
    return `/apis/apps/v1/namespaces/${metadata.namespace}/${resources[kind]}/${metadata.name}${part}`;
  }

  /** One more node of a pool, where it has the fewest; in the given zones alone, when the others are lost. */
  async addNode(pool: ElasticPool, zones: readonly string[] = pool.spec.zones): Promise<void> {
    const nodes = await this.nodes();
    await this.create(pool, nextPlace(pool, nodes, zones), nodes);
  }

  private async create({ spec }: ElasticPool, place: NodePlace, others: readonly Node[]): Promise<void> {
    const taken = new Set(
      others.flatMap(({ status }) => status?.addresses?.map(({ address }) => address) ?? []),
    );
    const version = others[0]?.status?.nodeInfo?.kubeletVersion ?? "";
    const minor = version.replace(/^v(\d+\.\d+)\..*$/, "$1");
    await this.api.create(
      "/api/v1/nodes",
      nodeOf(this.identity.cloud, spec, place, addressFor(place.name, taken), minor),
    );
  }

  async countOf(pool: ElasticPool): Promise<number> {
    return (await this.nodes()).filter((node) => poolOf(node) === pool.spec.name).length;
  }

  /** The machines are gone from one moment to the next, and their pods with them. */
  async lose(nodes: readonly Node[]): Promise<void> {
    const names = new Set(nodes.map(({ metadata }) => metadata.name));
    await Promise.all([...names].map((name) => this.api.delete(`/api/v1/nodes/${name}`)));
    const pods = this.live.all.filter(({ spec }) => spec.nodeName !== undefined && names.has(spec.nodeName));
    await Promise.all(
      pods.map(({ metadata }) => this.api.delete(podPath(metadata), { gracePeriodSeconds: 0 })),
    );
    await this.until("the lost nodes' pods are gone", () =>
      this.live.all.every(({ spec }) => spec.nodeName === undefined || !names.has(spec.nodeName)),
    );
  }

  /** The nodes that each pool had at the beginning, where they are gone. */
  async bringBackNodes(): Promise<void> {
    const nodes = await this.nodes();
    const names = new Set(nodes.map(({ metadata }) => metadata.name));
    for (const pool of this.pools) {
      for (const place of placesOf(pool.spec).filter(({ name }) => !names.has(name))) {
        await this.create(pool, place, nodes);
      }
    }
  }

  /** Empties and removes the nodes that no pool had at the beginning. */
  async removeAddedNodes(): Promise<void> {
    for (const pool of this.pools) {
      await this.manager.applyNodePool(this.identity, pool.spec);
    }
  }

  /** Waits until every workload is whole; answers with those that do not get there, and why. */
  async whole(): Promise<readonly string[]> {
    let left: readonly Replicated[] = [];
    await this.settled(async () => {
      left = await this.incomplete();
      return left.length === 0;
    });
    return left.map(
      (workload) =>
        `${this.name}: ${titleOf(workload)} has ${this.servingOf(workload)} of ${workload.spec.replicas ?? 1} pods${reasonOf(workload, this.live.all)}`,
    );
  }

  /** Waits until every workload is whole, or what it lacks waits for a node; answers with the pods that do. */
  async withoutNode(): Promise<readonly Pod[]> {
    await this.settled(async () => {
      const idle = this.live.all.filter((pod) => !isServing(pod) && !hasEnded(pod));
      return idle.length > 0 ? idle.every(isUnschedulable) : (await this.incomplete()).length === 0;
    });
    return this.unschedulable;
  }

  /** By what their controllers say, and by the pods themselves: a controller may not have seen yet that one is lost. */
  private async incomplete(): Promise<readonly Replicated[]> {
    const unsettled = (await this.workloads()).filter((workload) => {
      const { metadata, spec, status } = workload;
      return (
        (status?.readyReplicas ?? 0) !== (spec.replicas ?? 1) ||
        (status?.replicas ?? 0) !== (spec.replicas ?? 1) ||
        (status?.updatedReplicas ?? 0) !== (spec.replicas ?? 1) ||
        (status?.observedGeneration ?? 0) < (metadata.generation ?? 0) ||
        this.isShort(workload)
      );
    });
    return [...unsettled, ...this.podSets.filter((set) => this.isShort(set))];
  }

  private isShort(workload: Replicated): boolean {
    return this.servingOf(workload) < (workload.spec.replicas ?? 1);
  }

  private servingOf({ metadata, spec }: Replicated): number {
    return serving({ namespace: metadata.namespace ?? "", selector: spec.selector }, this.live.all);
  }

  /**
   * Waits until a condition holds, or until no pod has changed for the whole patience; returns whether it
   * holds.
   *
   * @throws Interruption when the drills are interrupted
   */
  async settled(done: () => boolean | Promise<boolean>): Promise<boolean> {
    let last = performance.now();
    const off = this.live.onChange(() => {
      last = performance.now();
    });
    try {
      while (!(await done())) {
        if (isInterrupted()) throw new Interruption("the drills were interrupted");
        if (performance.now() - last > this.patience) {
          return false;
        }
        await sleep(100);
      }
      return true;
    } finally {
      off();
    }
  }

  private async until(what: string, done: () => boolean): Promise<void> {
    if (!(await this.settled(done))) {
      throw new Error(`${this.name}: still failing: ${what}`);
    }
  }

  /** Asks the Eviction API. False: a disruption budget does not allow it now. */
  async evict({ metadata }: Pod): Promise<boolean> {
    const { name, namespace } = metadata;
    try {
      await this.api.create(`${podPath(metadata)}/eviction`, {
        apiVersion: "policy/v1",
        kind: "Eviction",
        metadata: { name, namespace },
      });
      return true;
    } catch (error) {
      if (isStatus(error, 404, 409)) {
        return true;
      }
      if (isStatus(error, 429)) {
        return false;
      }
      throw error;
    }
  }
}

function podPath({ namespace, name }: KubernetesObject["metadata"]): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}
