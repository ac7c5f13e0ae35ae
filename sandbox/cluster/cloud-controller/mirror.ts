import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../../../cli/errors";
import { isStatus, type KubernetesApi, type KubernetesObject } from "../api";

/** All objects of one kind, kept as they are on the API server, also across restarts of it. */
export class Mirror<Kind extends KubernetesObject> {
  private objects = new Map<string, Kind>();
  private listed = false;

  constructor(
    private readonly api: KubernetesApi,
    private readonly path: string,
    private readonly onChange: () => void,
  ) {}

  get all(): readonly Kind[] {
    return [...this.objects.values()];
  }

  /** False until the objects have been listed once. */
  get isFilled(): boolean {
    return this.listed;
  }

  /** Never returns: lists, then watches, and begins again whenever that ends. */
  async run(): Promise<never> {
    for (;;) {
      try {
        const version = await this.list();
        await this.follow(version);
      } catch (error) {
        if (!isStatus(error, 404, 410)) {
          console.error(`${this.path}: ${messageOf(error)}`);
        }
      }
      await sleep(500);
    }
  }

  private async list(): Promise<string> {
    const { metadata, items } = await this.api.list<Kind>(this.path);
    this.objects = new Map(items.map((object) => [keyOf(object), object]));
    this.listed = true;
    this.onChange();
    return metadata.resourceVersion;
  }

  private async follow(version: string): Promise<void> {
    for await (const { type, object } of this.api.watch<Kind>(this.path, version)) {
      if (type === "ERROR") {
        return;
      }
      if (type === "BOOKMARK") {
        continue;
      }
      if (type === "DELETED") {
        this.objects.delete(keyOf(object));
      } else {
        this.objects.set(keyOf(object), object);
      }
      this.onChange();
    }
  }
}

export function keyOf({ metadata }: KubernetesObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}
