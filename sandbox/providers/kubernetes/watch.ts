import { setTimeout as sleep } from "node:timers/promises";
import { type ApiClient, ApiError } from "./api";
import { isObject, type JsonObject, listAt, textAt } from "./json";

/** How long a watch outlives its last reader: the next object of the same kind usually comes at once. */
const lingerMilliseconds = 3_000;

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
  private readonly objects = new Map<string, JsonObject>();
  private readonly listeners = new Set<(namespace: string) => void>();
  private readonly stopped = new AbortController();
  private version = "";
  private failure: Error | undefined;

  constructor(
    private readonly client: ApiClient,
    private readonly path: string,
    private readonly onStop: () => void,
  ) {
    void this.run();
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
    return this.version !== "" && BigInt(this.version) >= BigInt(resourceVersion || "0");
  }

  /** Why nothing is seen at the moment, if so. */
  get error(): Error | undefined {
    return this.failure;
  }

  find(namespace: string, name: string): JsonObject | undefined {
    return this.objects.get(`${namespace}/${name}`);
  }

  all(): readonly JsonObject[] {
    return [...this.objects.values()];
  }

  inNamespace(namespace: string): readonly JsonObject[] {
    return [...this.objects.values()].filter(
      (object) => textAt(object, "metadata", "namespace") === namespace,
    );
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      try {
        if (this.version === "") {
          await this.list();
        }
        await this.client.watch(
          this.path,
          { resourceVersion: this.version, allowWatchBookmarks: "true", timeoutSeconds: "300" },
          (type, object) => this.take(type, object),
          signal,
        );
        this.failure = undefined;
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        this.failure = error instanceof Error ? error : new Error(String(error));
        if (error instanceof ApiError) {
          this.version = "";
        }
        await sleep(500);
      }
    }
  }

  private async list(): Promise<void> {
    const answer = await this.client.get(this.path);
    this.objects.clear();
    for (const item of listAt(answer, "items")) {
      if (isObject(item)) {
        this.objects.set(keyOf(item), item);
      }
    }
    this.version = textAt(answer, "metadata", "resourceVersion");
    this.failure = undefined;
    this.notify(undefined);
  }

  private take(type: string, object: JsonObject): void {
    if (type === "ERROR") {
      this.version = "";
      throw new ApiError(textAt(object, "message"), 410, textAt(object, "reason"));
    }
    this.version = textAt(object, "metadata", "resourceVersion");
    if (type === "DELETED") {
      this.objects.delete(keyOf(object));
    } else if (type !== "BOOKMARK") {
      this.objects.set(keyOf(object), object);
    }
    this.notify(textAt(object, "metadata", "namespace"));
  }

  private notify(namespace: string | undefined): void {
    for (const listener of [...this.listeners]) {
      listener(namespace ?? "");
    }
  }
}

function keyOf(object: JsonObject): string {
  return `${textAt(object, "metadata", "namespace")}/${textAt(object, "metadata", "name")}`;
}
