import { setTimeout as sleep } from "node:timers/promises";
import { type ApiAccess, KubernetesApi } from "../sandbox/cluster/api";
import type { Pod } from "./objects";

type Listener = () => void;

/** All pods of a cluster, as they change: no state is missed between two looks, as it would be by asking. */
export class LivePods {
  private readonly pods = new Map<string, Pod>();
  private readonly listeners = new Set<Listener>();
  private closed = false;

  private constructor(private readonly api: KubernetesApi) {}

  static async open(access: ApiAccess): Promise<LivePods> {
    const live = new LivePods(new KubernetesApi(access));
    void live.follow(await live.list());
    return live;
  }

  get all(): readonly Pod[] {
    return [...this.pods.values()];
  }

  /** Calls after every change; answers with what ends it. */
  onChange(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.closed = true;
    this.api.close();
  }

  private async list(): Promise<string> {
    const { items, metadata } = await this.api.list<Pod>("/api/v1/pods");
    this.pods.clear();
    for (const pod of items) {
      this.pods.set(pod.metadata.uid ?? "", pod);
    }
    this.tell();
    return metadata.resourceVersion;
  }

  /**
   * The server ends watches now and then, forgets old versions, and goes away in some drills: then everything
   * is listed again.
   */
  private async follow(from: string): Promise<void> {
    let version: string | undefined = from;
    while (!this.closed) {
      try {
        version ??= await this.list();
        for await (const { type, object } of this.api.watch<Pod>("/api/v1/pods", version)) {
          if (type === "ERROR") {
            break;
          }
          this.take(type, object);
        }
      } catch {
        await sleep(200);
      }
      version = undefined;
    }
  }

  private take(type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK", pod: Pod): void {
    if (type === "BOOKMARK") {
      return;
    }
    if (type === "DELETED") {
      this.pods.delete(pod.metadata.uid ?? "");
    } else {
      this.pods.set(pod.metadata.uid ?? "", pod);
    }
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) {
      listener();
    }
  }
}
