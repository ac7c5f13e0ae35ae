import { setTimeout as sleep } from "node:timers/promises";
import type { ApiClient } from "./client";
import { ApiError, isStatus, refusal } from "./errors";
import type { KubernetesObject, WatchEvent } from "./object";

/** How long to wait before an API server that failed is asked again. */
const pauseMilliseconds = 500;

/** All objects of one kind, kept as they are on the API server, also across restarts of it: listed, then watched. */
export class Mirror<Kind extends KubernetesObject> {
  private objects = new Map<string, Kind>();
  /** The last version that was seen; empty where the objects have to be listed. */
  private version = "";
  private listed = false;
  private failure: Error | undefined;

  /**
   * @param path of the objects; it may hold a selector
   * @param onChange hears of each change, with the object's namespace; of a new list with none
   */
  constructor(
    private readonly client: Pick<ApiClient, "list" | "watch">,
    private readonly path: string,
    private readonly onChange: (namespace?: string) => void,
  ) {}

  get all(): readonly Kind[] {
    return [...this.objects.values()];
  }

  /** False until the objects have been listed once. */
  get isFilled(): boolean {
    return this.listed;
  }

  /** True once everything up to a version has been seen. */
  isCurrent(resourceVersion: string): boolean {
    return this.version !== "" && BigInt(this.version) >= BigInt(resourceVersion || "0");
  }

  /** Why nothing is seen at the moment, if so. */
  get error(): Error | undefined {
    return this.failure;
  }

  find(namespace: string, name: string): Kind | undefined {
    return this.objects.get(keyOf({ namespace, name }));
  }

  /** Lists and watches until `signal` is aborted, and begins again whenever that ends. */
  async run(
    signal = new AbortController().signal,
    onFailure: (error: Error) => void = () => undefined,
  ): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.version === "") {
          await this.list();
        }
        for await (const event of this.client.watch<Kind>(this.path, this.version, signal)) {
          this.take(event);
        }
        this.failure = undefined;
      } catch (error) {
        this.failure = error instanceof Error ? error : new Error(String(error));
        if (error instanceof ApiError) {
          this.version = "";
        }
        if (!signal.aborted) {
          onFailure(this.failure);
        }
      }
      await sleep(pauseMilliseconds);
    }
  }

  private async list(): Promise<void> {
    const { metadata, items } = await this.client.list<Kind>(this.path);
    this.objects = new Map(items.map((object) => [keyOf(object.metadata), object]));
    this.version = metadata.resourceVersion;
    this.listed = true;
    this.failure = undefined;
    this.onChange();
  }

  private take({ type, object }: WatchEvent<Kind>): void {
    if (type === "ERROR") {
      throw refusal(410, object);
    }
    this.version = object.metadata.resourceVersion ?? this.version;
    if (type === "DELETED") {
      this.objects.delete(keyOf(object.metadata));
    } else if (type !== "BOOKMARK") {
      this.objects.set(keyOf(object.metadata), object);
    }
    this.onChange(object.metadata.namespace);
  }
}

function keyOf({ namespace = "", name }: { readonly namespace?: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

/** Logs what keeps a mirror from seeing the objects at a path, but not that there are none yet, or that a version is too old. */
export function logTo(path: string): (error: Error) => void {
  return (error) => {
    if (!isStatus(error, 404, 410)) {
      console.error(`${path}: ${error.message}`);
    }
  };
}
