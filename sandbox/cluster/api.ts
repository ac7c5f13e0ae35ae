import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

/** What every Kubernetes object has; the rest is known by the caller, who names the type. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly uid: string;
    readonly controller?: boolean;
  }[];
}

export interface ObjectList<Kind extends KubernetesObject> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly Kind[];
}

export interface WatchEvent<Kind extends KubernetesObject> {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: Kind;
}

/** The API server's refusal. */
export class ApiError extends Error {
  constructor(
    /** HTTP status: 404, 409, ... */
    readonly status: number,
    /** `NotFound`, `Conflict`, `AlreadyExists`, ... */
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

export interface ApiAccess {
  /** `https://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** PEM. */
  readonly authority: string;
  readonly token: string;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * The few calls that node pools and the cloud controller need. A client library would do more, at several times
 * the memory: one of these lives as long as each cluster.
 */
export class KubernetesApi {
  private readonly agent: Agent;
  /** Watches hold their connections for as long as they last: of those that calls share they would leave none. */
  private readonly watchAgent: Agent;

  constructor(private readonly access: ApiAccess) {
    this.agent = new Agent({ keepAlive: true, maxSockets: 16, ca: access.authority });
    this.watchAgent = new Agent({ ca: access.authority });
  }

  get<Kind>(path: string): Promise<Kind> {
    return this.call("GET", path);
  }

  list<Kind extends KubernetesObject>(path: string): Promise<ObjectList<Kind>> {
    return this.call("GET", path);
  }

  create<Kind extends object>(path: string, object: Kind): Promise<Kind> {
    return this.call("POST", path, object);
  }

  replace<Kind extends object>(path: string, object: Kind): Promise<Kind> {
    return this.call("PUT", path, object);
  }

  /** JSON merge patch: null removes a key. */
  patch<Kind>(path: string, change: object): Promise<Kind> {
    return this.call("PATCH", path, change);
  }

  /** Returns false when there was nothing to delete. */
  async delete(path: string, options: object = {}): Promise<boolean> {
    try {
      await this.call("DELETE", path, options);
      return true;
    } catch (error) {
      if (isStatus(error, 404)) {
        return false;
      }
      throw error;
    }
  }

  /** True when the API server says that it is ready. Never throws. */
  async isReady(): Promise<boolean> {
    try {
      await this.call("GET", "/readyz");
      return true;
    } catch {
      return false;
    }
  }

  /** Changes as they happen (the path may hold a selector), from `resourceVersion` on, until the server ends the connection. */
  async *watch<Kind extends KubernetesObject>(
    path: string,
    resourceVersion: string,
  ): AsyncGenerator<WatchEvent<Kind>> {
    const query = new URLSearchParams({ watch: "true", allowWatchBookmarks: "true", resourceVersion });
    const response = await this.open(
      "GET",
      `${path}${path.includes("?") ? "&" : "?"}${query}`,
      undefined,
      this.watchAgent,
    );
    response.setEncoding("utf8");
    let rest = "";
    for await (const chunk of response) {
      const lines = (rest + String(chunk)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        yield JSON.parse(line);
      }
    }
  }

  /** Closes idle connections, so that a short-lived process can end. */
  close(): void {
    this.agent.destroy();
    this.watchAgent.destroy();
  }

  private async call<Kind>(method: Method, path: string, body?: object): Promise<Kind> {
    const response = await this.open(method, path, body);
    return parse(await textOf(response));
  }

  private open(
    method: Method,
    path: string,
    body?: object,
    agent = this.agent,
  ): Promise<import("node:http").IncomingMessage> {
    const content = body === undefined ? "" : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        new URL(path, this.access.endpoint),
        {
          method,
          agent,
          headers: {
            Accept: "application/json",
            Authorization: `Bearer ${this.access.token}`,
            "Content-Type": contentTypeOf(method),
            "Content-Length": Buffer.byteLength(content),
          },
        },
        (response) => {
          const status = response.statusCode ?? 0;
          if (status < 300) {
            resolve(response);
          } else {
            textOf(response).then((text) => reject(refusal(method, path, status, text)), reject);
          }
        },
      );
      outgoing.once("error", reject);
      outgoing.end(content);
    });
  }
}

export function isStatus(error: unknown, ...statuses: readonly number[]): boolean {
  return error instanceof ApiError && statuses.includes(error.status);
}

/** Runs `work` again when the object was changed in between. */
export function retryConflicts<Result>(work: () => Promise<Result>): Promise<Result> {
  return retry(work, [409], 20);
}

/** Runs `work`, which may be done twice, again when the API server is too busy for it. */
export function retryBusy<Result>(work: () => Promise<Result>, pauseMilliseconds = 500): Promise<Result> {
  return retry(work, [429, 503, 504], pauseMilliseconds);
}

async function retry<Result>(
  work: () => Promise<Result>,
  statuses: readonly number[],
  pauseMilliseconds: number,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 8 || !isStatus(error, ...statuses)) {
        throw error;
      }
      await sleep(pauseMilliseconds * attempt);
    }
  }
}

function contentTypeOf(method: Method): string {
  return method === "PATCH" ? "application/merge-patch+json" : "application/json";
}

async function textOf(response: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse<Kind>(text: string): Kind {
  return JSON.parse(text.startsWith("{") ? text : JSON.stringify(text));
}

function refusal(method: Method, path: string, status: number, text: string): ApiError {
  const { reason = "Unknown", message = text }: { reason?: string; message?: string } = text.startsWith("{")
    ? JSON.parse(text)
    : {};
  return new ApiError(status, reason, `${method} ${path}: ${status} ${message}`);
}
