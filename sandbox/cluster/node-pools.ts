import { setTimeout as sleep } from "node:timers/promises";
import type { ApiClient } from "../api-server/client";
import { isStatus } from "../api-server/errors";
import type { KubernetesObject } from "../api-server/object";
import { retryConflicts } from "../api-server/retry";
import {
  addressFor,
  isReady,
  mustReplace,
  type Node,
  type NodePlace,
  nodeOf,
  placesOf,
  poolAnnotations,
  withLabelsAndTaints,
} from "./nodes";
import type { Cloud, NodePoolSpec } from "./types";

interface Pod extends KubernetesObject {
  readonly spec?: { readonly nodeName?: string };
  readonly status?: { readonly phase?: string };
}

/**
 * How long disruption budgets may delay the removal of a node; clouds wait 15 minutes, which is too long
 * here.
 */
const drainMilliseconds = 15_000;

/** The nodes of one cluster. */
export class NodePools {
  constructor(
    private readonly api: ApiClient,
    private readonly cloud: Cloud,
    private readonly kubernetesMinor: string,
    /** Throws when a process of the control plane has died. */
    private readonly checkAlive: () => Promise<void>,
  ) {}

  /** Makes the pool as specified, and waits until all its nodes are Ready. */
  async apply(pool: NodePoolSpec): Promise<void> {
    const all = (await this.api.list<Node>("/api/v1/nodes")).items;
    const existing = all.filter((node) => poolOf(node) === pool.name);
    const places = new Map(placesOf(pool).map((place) => [place.name, place]));

    const surplus = existing.filter((node) => {
      const place = places.get(node.metadata.name);
      return place === undefined || mustReplace(node, pool, place);
    });
    await this.removeNodes(surplus);

    const gone = new Set(surplus.map((node) => node.metadata.name));
    const kept = existing.filter((node) => !gone.has(node.metadata.name));
    for (const node of kept) {
      const place = places.get(node.metadata.name);
      if (place !== undefined) {
        await this.relabel(node.metadata.name, pool, place);
      }
    }

    const keptNames = new Set(kept.map((node) => node.metadata.name));
    const taken = new Set(all.flatMap((node) => node.status?.addresses?.map(({ address }) => address) ?? []));
    await Promise.all(
      [...places.values()]
        .filter((place) => !keptNames.has(place.name))
        .map((place) => {
          const address = addressFor(place.name, taken);
          taken.add(address);
          return this.api.create(
            "/api/v1/nodes",
            nodeOf(this.cloud, pool, place, address, this.kubernetesMinor),
          );
        }),
    );
    await this.waitUntilReady(pool, new Set(places.keys()));
  }

  async remove(poolName: string): Promise<void> {
    const { items } = await this.api.list<Node>("/api/v1/nodes");
    await this.removeNodes(items.filter((node) => poolOf(node) === poolName));
  }

  private async relabel(name: string, pool: NodePoolSpec, place: NodePlace): Promise<void> {
    await retryConflicts(async () => {
      const wanted = withLabelsAndTaints(await this.api.get<Node>(`/api/v1/nodes/${name}`), pool, place);
      if (wanted !== undefined) {
        await this.api.replace(`/api/v1/nodes/${name}`, wanted);
      }
    });
  }

  private async waitUntilReady(pool: NodePoolSpec, names: ReadonlySet<string>): Promise<void> {
    const deadline = performance.now() + 120_000;
    for (;;) {
      const { items } = await this.api.list<Node>("/api/v1/nodes");
      const missing = [...names].filter(
        (name) => !items.some((node) => node.metadata.name === name && isReady(node)),
      );
      if (missing.length === 0) {
        return;
      }
      await this.checkAlive();
      if (performance.now() > deadline) {
        throw new Error(
          `Node pool "${pool.name}": ${missing.length} of ${names.size} nodes are not Ready after 2 minutes: ${missing.join(", ")}.`,
        );
      }
      await sleep(200);
    }
  }

  /** As clouds do: no new pods, evict those that run, then the machine goes. */
  private async removeNodes(nodes: readonly Node[]): Promise<void> {
    if (nodes.length === 0) {
      return;
    }
    const names = new Set(nodes.map((node) => node.metadata.name));
    for (const name of names) {
      await this.api.patch(`/api/v1/nodes/${name}`, { spec: { unschedulable: true } }).catch(ignoreGone);
    }
    await this.drain(names);
    for (const name of names) {
      await this.api.delete(`/api/v1/nodes/${name}`);
    }
    await this.deleteStranded(names);
  }

  private async drain(names: ReadonlySet<string>): Promise<void> {
    const deadline = performance.now() + drainMilliseconds;
    do {
      const movable = (await this.podsOn(names)).filter((pod) => !isOwnedBy(pod, "DaemonSet"));
      if (movable.length === 0) {
        return;
      }
      await Promise.all(
        movable.filter((pod) => pod.metadata.deletionTimestamp === undefined).map((pod) => this.evict(pod)),
      );
      await sleep(250);
    } while (performance.now() < deadline);
  }

  private async evict(pod: Pod): Promise<void> {
    const { name, namespace } = pod.metadata;
    try {
      await this.api.create(`/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
        apiVersion: "policy/v1",
        kind: "Eviction",
        metadata: { name, namespace },
      });
    } catch (error) {
      // 429: a disruption budget does not allow it yet.
      if (!isStatus(error, 404, 409, 429)) {
        throw error;
      }
    }
  }

  /** Pods that were still there when their machine was removed: nothing is left to end them. */
  private async deleteStranded(names: ReadonlySet<string>): Promise<void> {
    for (const { metadata } of await this.podsOn(names)) {
      await this.api.delete(`/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`, {
        gracePeriodSeconds: 0,
      });
    }
  }

  private async podsOn(names: ReadonlySet<string>): Promise<readonly Pod[]> {
    const { items } = await this.api.list<Pod>("/api/v1/pods");
    return items.filter((pod) => pod.spec?.nodeName !== undefined && names.has(pod.spec.nodeName));
  }
}

function poolOf(node: Node): string | undefined {
  return node.metadata.annotations?.[poolAnnotations.pool];
}

function isOwnedBy(pod: Pod, kind: string): boolean {
  return pod.metadata.ownerReferences?.some((owner) => owner.kind === kind) ?? false;
}

function ignoreGone(error: unknown): void {
  if (!isStatus(error, 404)) {
    throw error;
  }
}
