import type { ApiClient } from "../../api-server/client";
import type { KubernetesObject } from "../../api-server/object";

export interface EventText {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
}

/** Writes events that `kubectl describe` shows; the same news about the same object only once. */
export class Events {
  private readonly told = new Map<string, string>();

  constructor(private readonly api: ApiClient) {}

  async tell(object: KubernetesObject, kind: string, { type, reason, message }: EventText): Promise<void> {
    const { name, namespace = "default", uid = "" } = object.metadata;
    const news = `${reason}: ${message}`;
    if (this.told.get(uid) === news) {
      return;
    }
    this.told.set(uid, news);
    const now = new Date().toISOString();
    await this.api.create(`/api/v1/namespaces/${namespace}/events`, {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: `${name}.${Date.now().toString(16)}`, namespace },
      involvedObject: { apiVersion: object.apiVersion ?? "v1", kind, name, namespace, uid },
      type,
      reason,
      message,
      source: { component: "cloud-controller" },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    });
  }
}
