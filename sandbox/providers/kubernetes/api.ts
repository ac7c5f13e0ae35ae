import http from "node:http";
import https from "node:https";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubeConfig } from "@kubernetes/client-node";
import { at, isObject, type Json, type JsonObject, listAt, numberAt, textAt } from "./json";

/** A fault that the API server found, in its own words. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** HTTP status code. */
    readonly status: number,
    /** Machine-readable reason: `NotFound`, `Conflict`, `Invalid`. */
    readonly reason: string,
    readonly causes: readonly { readonly field: string; readonly message: string }[] = [],
  ) {
    super(message);
  }
}

/** The API server could not be asked at all. */
export class Unreachable extends Error {}

/** What the kubeconfig says about getting credentials does not work: asking again would not help. */
class NoCredentials extends Unreachable {}

export interface ApiRequest {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  readonly contentType?: string;
  readonly accept?: string;
}

interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: http.Agent;
  readonly expires: number;
}

/** Few enough not to crowd a laptop's API server, enough to keep it busy. */
const connections = 24;
/** A token from an `exec` plugin or a file is asked for again after this long; client-node keeps it meanwhile. */
const credentialsMilliseconds = 30_000;
const attempts = 5;
const requestMilliseconds = 60_000;
/** How long a busy server may take to serve a kind whose definition it has established. */
const servingMilliseconds = 60_000;
const servingPauseMilliseconds = 250;

/**
 * Whether the server knows no such path, which is not the same as no such object: for a moment a definition is
 * established and its kind not served yet.
 */
function isUnserved(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && error.reason === "";
}

/** Talks to one Kubernetes API server over kept-alive connections. */
export class ApiClient {
  private credentials: Promise<Credentials> | undefined;
  private readonly server: URL;

  constructor(private readonly kubeConfig: KubeConfig) {
    const server = kubeConfig.getCurrentCluster()?.server;
    if (server === undefined) {
      throw new Error("the kubeconfig names no cluster for its current context");
    }
    this.server = new URL(server);
  }

  get endpoint(): string {
    return this.server.origin;
  }

  get(path: string, query?: Readonly<Record<string, string>>): Promise<JsonObject> {
    return this.request("GET", path, { query });
  }

  /** The object, or undefined when there is none. */
  async find(path: string): Promise<JsonObject | undefined> {
    try {
      return await this.get(path);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** Repeats what a busy or restarting server refused: every request of a provider may be sent twice. */
  async request(method: string, path: string, request: ApiRequest = {}): Promise<JsonObject> {
    const begun = performance.now();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(method, path, request);
      } catch (error) {
        const expired = error instanceof ApiError && error.status === 401 && attempt === 1;
        if (expired) {
          this.credentials = undefined;
        }
        const busy = error instanceof ApiError && [429, 503, 504].includes(error.status);
        const unserved =
          method === "PATCH" && isUnserved(error) && performance.now() - begun < servingMilliseconds;
        const lost = error instanceof Unreachable && !(error instanceof NoCredentials);
        if (!unserved && (attempt >= attempts || !(expired || busy || lost))) {
          throw error;
        }
        await sleep(unserved ? servingPauseMilliseconds : 100 * 2 ** attempt);
      }
    }
  }

  private async once(method: string, path: string, request: ApiRequest): Promise<JsonObject> {
    const response = await this.open(method, path, request, AbortSignal.timeout(requestMilliseconds));
    const body = parse(await textOf(response, this.endpoint));
    if ((response.statusCode ?? 500) >= 400) {
      throw toApiError(response.statusCode ?? 500, body);
    }
    return isObject(body) ? body : {};
  }

  /** Hands over every event of a watch until the server ends it or `signal` is aborted. */
  async watch(
    path: string,
    query: Readonly<Record<string, string>>,
    onEvent: (type: string, object: JsonObject) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const response = await this.open("GET", path, { query: { ...query, watch: "true" } }, signal);
    if (response.statusCode !== 200) {
      throw toApiError(response.statusCode ?? 500, parse(await textOf(response, this.endpoint)));
    }
    try {
      for await (const line of createInterface({ input: response })) {
        const event = parse(line);
        onEvent(
          textAt(event, "type"),
          isObject(at(event, "object")) ? (at(event, "object") as JsonObject) : {},
        );
      }
    } catch (error) {
      if (!signal.aborted) {
        throw new Unreachable(`the watch of ${path} broke off: ${messageOf(error)}`);
      }
    }
  }

  private async open(
    method: string,
    path: string,
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    const { headers, agent } = await this.currentCredentials();
    const search = new URLSearchParams(request.query).toString();
    const url = new URL(
      `${this.server.pathname.replace(/\/$/, "")}${path}${search === "" ? "" : `?${search}`}`,
      this.server,
    );
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const transport = url.protocol === "http:" ? http : https;
    return new Promise((resolve, reject) => {
      const outgoing = transport.request(
        url,
        {
          method,
          agent,
          signal,
          headers: {
            accept: request.accept ?? "application/json",
            ...headers,
            ...(body !== undefined && {
              "content-type": request.contentType ?? "application/json",
              "content-length": String(Buffer.byteLength(body)),
            }),
          },
        },
        resolve,
      );
      outgoing.on("error", (error) =>
        reject(
          new Unreachable(`the Kubernetes API at ${this.endpoint} cannot be reached: ${messageOf(error)}`),
        ),
      );
      outgoing.end(body);
    });
  }

  private currentCredentials(): Promise<Credentials> {
    this.credentials = (this.credentials ?? this.authenticate(undefined)).then((credentials) =>
      credentials.expires > performance.now() ? credentials : this.authenticate(credentials.agent),
    );
    return this.credentials;
  }

  private async authenticate(agent: http.Agent | undefined): Promise<Credentials> {
    const options: https.RequestOptions = { headers: {} };
    await this.kubeConfig.applyToHTTPSOptions(options).catch((error: unknown) => {
      throw new NoCredentials(
        `no credentials for the Kubernetes API at ${this.endpoint}: ${messageOf(error)}`,
      );
    });
    const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = options;
    const headers = Object.fromEntries(
      Object.entries(options.headers ?? {}).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    );
    if (options.auth) {
      headers.authorization = `Basic ${Buffer.from(options.auth).toString("base64")}`;
    }
    const keepAlive = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: connections };
    return {
      headers,
      expires: performance.now() + credentialsMilliseconds,
      agent:
        agent ??
        (this.server.protocol === "http:"
          ? new http.Agent(keepAlive)
          : new https.Agent({
              ...keepAlive,
              ca,
              cert,
              key,
              pfx,
              passphrase,
              rejectUnauthorized,
              servername,
            })),
    };
  }
}

async function textOf(response: http.IncomingMessage, endpoint: string): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
    }
  } catch (error) {
    throw new Unreachable(`the Kubernetes API at ${endpoint} broke off its answer: ${messageOf(error)}`);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text.slice(0, 500) };
  }
}

function toApiError(status: number, body: Json): ApiError {
  const causes = listAt(body, "details", "causes").map((cause) => ({
    field: textAt(cause, "field"),
    message: textAt(cause, "message"),
  }));
  const message = textAt(body, "message") || `HTTP ${status}`;
  return new ApiError(message, numberAt(body, "code") ?? status, textAt(body, "reason"), causes);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
