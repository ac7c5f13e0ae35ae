import { byToken, type TokenAccess } from "../sandbox/api-server/access";
import { ApiClient } from "../sandbox/api-server/client";
import { Mirror } from "../sandbox/api-server/mirror";
import type { Pod } from "./objects";

type Listener = () => void;

/** All pods of a cluster, as they change: no state is missed between two looks, as it would be by asking. */
export class LivePods {
  private readonly listeners = new Set<Listener>();
  private readonly closed = new AbortController();
  private readonly pods: Mirror<Pod>;

  private constructor(private readonly api: ApiClient) {
    this.pods = new Mirror(api, "/api/v1/pods", () => {
      for (const listener of this.listeners) {
        listener();
      }
    });
  }

  /** @throws ApiError or Unreachable when the pods cannot be listed */
  static async open(access: TokenAccess): Promise<LivePods> {
    const live = new LivePods(new ApiClient(byToken(access)));
    await new Promise<void>((resolve, reject) => {
      const off = live.onChange(() => {
        off();
        resolve();
      });
      void live.pods.run(live.closed.signal, reject);
    });
    return live;
  }

  get all(): readonly Pod[] {
    return this.pods.all;
  }

  /** Calls after every change; answers with what ends it. */
  onChange(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.closed.abort();
    this.api.close();
  }
}
