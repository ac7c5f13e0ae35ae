import http from "node:http";
import https from "node:https";
import { messageOf } from "../../cli/errors";
import type { JsonObject } from "../providers/kubernetes/json";
import type { Access, Credentials } from "./access";
import { isStatus, refusal, Unreachable } from "./errors";
import type { KubernetesObject, ObjectList, WatchEvent } from "./object";
import { isPassing, retry, retryUnserved } from "./retry";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Query = Readonly<Record<string, string>>;

export interface ApiRequest {
  readonly query?: Query;
  readonly body?: object;
  /** @default JSON, and a JSON merge patch for PATCH */
  readonly contentType?: string;
  readonly accept?: string;
}

export interface ApiClientOptions {
  /** How often a request is sent, at most, that a busy server refuses or that does not reach it. @default 1 */
  readonly attempts?: number;
  /** Requests that are under way at a time, beside watches. @default any number */
  readonly connections?: number;
}

interface Agents {
  readonly requests: http.Agent;
  readonly watches: http.Agent;
}

/** Connections that stay open while nothing is asked: few enough not to crowd a laptop's API server. */
const idleConnections = 24;
const requestMilliseconds = 60_000;

/**
 * Talks to one Kubernetes API server over kept-alive connections. A client library would do more, at several times the memory: the
 * process of each cluster has one for as long as it lives.
 */
export class ApiClient {
  private agents: Agents | undefined;
  private readonly server: URL;
  private readonly attempts: number;
  private readonly connections: number;

  constructor(
    private readonly access: Access,
    { attempts = 1, connections = Number.POSITIVE_INFINITY }: ApiClientOptions = {},
  ) {
    this.server = new URL(access.endpoint);
    this.attempts = attempts;
    this.connections = connections;
  }

  get endpoint(): string {
    return this.server.origin;
  }

  get<Kind = JsonObject>(path: string, query?: Query): Promise<Kind> {
    return this.request("GET", path, { ...(query && { query }) });
  }

  list<Kind extends KubernetesObject>(path: string): Promise<ObjectList<Kind>> {
    return this.request("GET", path);
  }

  /** The object, or undefined when there is none. */
  async find(path: string): Promise<JsonObject | undefined> {
    try {
      return await this.get(path);
    } catch (error) {
      if (isStatus(error, 404)) {
        return undefined;
      }
      throw error;
    }
  }

  create<Kind extends object>(path: string, object: Kind): Promise<Kind> {
    return this.request("POST", path, { body: object });
  }

  replace<Kind extends object>(path: string, object: Kind): Promise<Kind> {
    return this.request("PUT", path, { body: object });
  }

  /** JSON merge patch: null removes a key. */
  patch<Kind = JsonObject>(path: string, change: object, query?: Query): Promise<Kind> {
    return this.request("PATCH", path, { body: change, ...(query && { query }) });
  }

  /** Server-side apply. Waits for a kind whose definition is established and not served yet. */
  apply(path: string, manifest: object, query: Query): Promise<JsonObject> {
    const contentType = "application/apply-patch+yaml";
    return retryUnserved(() => this.request("PATCH", path, { body: manifest, contentType, query }));
  }

  /** Returns false when there was nothing to delete. */
  async delete(path: string, options: object = {}): Promise<boolean> {
    try {
      await this.request("DELETE", path, { body: options });
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
      await this.once("GET", "/readyz", {}, false);
      return true;
    } catch {
      return false;
    }
  }

  /** Sends a request, again where {@link ApiClientOptions.attempts} says so: it must be one that may be sent twice. */
  request<Kind = JsonObject>(method: Method, path: string, request: ApiRequest = {}): Promise<Kind> {
    let expired = false;
    return retry(() => this.once<Kind>(method, path, request, expired), {
      again: (error, attempt) => {
        expired = isStatus(error, 401) && attempt === 1;
        return attempt < this.attempts && (expired || isPassing(error));
      },
      pause: (attempt) => 100 * 2 ** attempt,
    });
  }

  /**
   * Changes as they happen (the path may hold a selector), from a version on, until the server ends the connection or `signal` is
   * aborted.
   */
  async *watch<Kind extends KubernetesObject>(
    path: string,
    resourceVersion: string,
    signal = new AbortController().signal,
  ): AsyncGenerator<WatchEvent<Kind>> {
    const query = { watch: "true", allowWatchBookmarks: "true", timeoutSeconds: "300", resourceVersion };
    const response = await this.open("GET", path, { query }, signal, false);
    response.setEncoding("utf8");
    let rest = "";
    try {
      for await (const chunk of response) {
        const lines = (rest + String(chunk)).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          yield JSON.parse(line);
        }
      }
    } catch (error) {
      if (!signal.aborted) {
        throw new Unreachable(`the watch of ${path} broke off: ${messageOf(error)}`);
      }
    }
  }

  /** Closes idle connections, so that a short-lived process can end. */
  close(): void {
    this.agents?.requests.destroy();
    this.agents?.watches.destroy();
  }

  private async once<Kind>(method: Method, path: string, request: ApiRequest, fresh: boolean): Promise<Kind> {
    const signal = AbortSignal.timeout(requestMilliseconds);
    const response = await this.open(method, path, request, signal, fresh);
    return parse(await this.textOf(response));
  }

  /** @throws ApiError when the server refuses; Unreachable when it does not answer */
  private async open(
    method: Method,
    path: string,
    { query, body, contentType, accept = "application/json" }: ApiRequest,
    signal: AbortSignal,
    fresh: boolean,
  ): Promise<http.IncomingMessage> {
    const credentials = await this.access.credentials(fresh);
    const { requests, watches } = this.agentsFor(credentials);
    const search = new URLSearchParams(query).toString();
    const separator = path.includes("?") ? "&" : "?";
    const url = new URL(
      `${this.server.pathname.replace(/\/$/, "")}${path}${search === "" ? "" : `${separator}${search}`}`,
      this.server,
    );
    const content = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      accept,
      ...credentials.headers,
      ...(content !== undefined && {
        "content-type": contentType ?? contentTypeOf(method),
        "content-length": String(Buffer.byteLength(content)),
      }),
    };
    const agent = query?.watch === "true" ? watches : requests;
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const { request } = url.protocol === "http:" ? http : https;
      const outgoing = request(url, { method, agent, signal, headers }, resolve);
      outgoing.on("error", (error) =>
        reject(
          new Unreachable(`the Kubernetes API at ${this.endpoint} cannot be reached: ${messageOf(error)}`),
        ),
      );
      outgoing.end(content);
    });
    const status = response.statusCode ?? 500;
    if (status >= 300) {
      throw refusal(status, parse(await this.textOf(response)));
    }
    return response;
  }

  /** Watches hold their connections for as long as they last: they would leave none of those that requests share. */
  private agentsFor({ tls }: Credentials): Agents {
    const { Agent } = this.server.protocol === "http:" ? http : https;
    this.agents ??= {
      requests: new Agent({
        ...tls,
        keepAlive: true,
        maxSockets: this.connections,
        maxFreeSockets: idleConnections,
      }),
      watches: new Agent({ ...tls }),
    };
    return this.agents;
  }

  private async textOf(response: http.IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of response) {
        chunks.push(chunk);
      }
    } catch (error) {
      throw new Unreachable(
        `the Kubernetes API at ${this.endpoint} broke off its answer: ${messageOf(error)}`,
      );
    }
    return Buffer.concat(chunks).toString("utf8");
  }
}

function contentTypeOf(method: Method): string {
  return method === "PATCH" ? "application/merge-patch+json" : "application/json";
}

/** What an answer says: JSON, and of any other text the text as `message`. */
function parse<Kind>(text: string): Kind {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(JSON.stringify({ message: text.slice(0, 500) }));
  }
}
