import type { ApiClient } from "../../api-server/client";
import { Mirror } from "../../api-server/mirror";
import type { KubernetesObject } from "../../api-server/object";
import type { JsonObject } from "./json";

/** How long a watch outlives its last reader: the next object of the same kind usually comes at once. */
const lingerMilliseconds = 3_000;

type LiveObject = JsonObject & KubernetesObject;

/** One list and one watch for each kind, however many objects of it are waited for. */
export class Watches {
  private readonly collections = new Map<string, Collection>();

  constructor(private readonly client: ApiClient) {}

  /** Opens the watch of all objects below `path`; close it with `release`. */
  acquire(path: string): Collection {
    const known = this.collections.get(path);
    const collection = known ?? new Collection(this.client, path, () => this.collections.delete(path));
    this.collections.set(path, collection);
    collection.readers++;
    return collection;
  }
}

export class Collection {
  readers = 0;
  private readonly listeners = new Set<(namespace: string) => void>();
  private readonly stopped = new AbortController();
  private readonly mirror: Mirror<LiveObject>;

  constructor(
    client: ApiClient,
    path: string,
    private readonly onStop: () => void,
  ) {
    this.mirror = new Mirror(client, path, (namespace = "") => {
      for (const listener of [...this.listeners]) {
        listener(namespace);
      }
    });
    void this.mirror.run(this.stopped.signal);
  }

  release(): void {
    this.readers--;
    setTimeout(() => {
      if (this.readers === 0 && !this.stopped.signal.aborted) {
        this.stopped.abort();
        this.onStop();
      }
    }, lingerMilliseconds).unref();
  }

  /** Calls `listener` with the namespace of each object that changes; returns how to stop that. */
  subscribe(listener: (namespace: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** True once everything up to `resourceVersion` has been seen. */
  isCurrent(resourceVersion: string): boolean {
    return this.mirror.isCurrent(resourceVersion);
  }

  /** Why nothing is seen at the moment, if so. */
  get error(): Error | undefined {
    return this.mirror.error;
  }

  find(namespace: string, name: string): JsonObject | undefined {
    return this.mirror.find(namespace, name);
  }

  all(): readonly JsonObject[] {
    return this.mirror.all;
  }

  inNamespace(namespace: string): readonly JsonObject[] {
    return this.mirror.all.filter(({ metadata }) => (metadata.namespace ?? "") === namespace);
  }
}
