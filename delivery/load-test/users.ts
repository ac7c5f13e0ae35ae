import { randomBytes } from "node:crypto";
import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Measured } from "./measure";

export interface LoadOptions {
  /** Addresses that a user requests in turn. */
  readonly urls: readonly URL[];
  readonly users: number;
  /** Seconds during which all users are active. */
  readonly seconds: number;
  /** Seconds over which the users start, one after the other. */
  readonly rampSeconds: number;
  /** Seconds that a user waits between an answer and the next request, on average. */
  readonly thinkSeconds: number;
  /** Headers of every request: a token. */
  readonly headers: Readonly<Record<string, string>>;
  /** WebSockets that are opened in addition, and kept open. */
  readonly webSockets?: { readonly url: URL; readonly count: number } | undefined;
}

/** Seconds after which an unanswered request is an error, as at the ingress. */
const patienceSeconds = 300;

/**
 * Simulates users: each has a connection of its own like a browser, sends a request, waits, and sends the
 * next. Answers count only while all users are active.
 */
export async function playUsers(options: LoadOptions): Promise<Measured> {
  const { users, seconds, rampSeconds, webSockets } = options;
  const counted: number[] = [];
  const begin = performance.now() + rampSeconds * 1000;
  const end = begin + seconds * 1000;
  const lag = monitorEventLoopDelay();
  lag.enable();
  const state = { errors: 0, atWork: 0, most: 0 };
  const sockets = webSockets ? await openWebSockets(webSockets.url, webSockets.count, options.headers) : [];
  await Promise.all(
    Array.from({ length: users }, async (_, index) => {
      await pause((rampSeconds * 1000 * index) / users);
      state.atWork += 1;
      state.most = Math.max(state.most, state.atWork);
      await playUser(options, index, end, (answer) => {
        if (performance.now() < begin) return;
        if (answer === undefined) state.errors += 1;
        else counted.push(answer);
      });
      state.atWork -= 1;
    }),
  );
  const open = sockets.filter((socket) => !socket.destroyed).length;
  for (const socket of sockets) socket.destroy();
  lag.disable();
  return {
    ownDelaySeconds: lag.percentile(99) / 1e9,
    users: state.most,
    seconds: counted,
    errors: state.errors,
    ...(webSockets && { webSockets: { open, wanted: webSockets.count } }),
  };
}

async function playUser(
  { urls, headers, thinkSeconds }: LoadOptions,
  index: number,
  end: number,
  tell: (seconds: number | undefined) => void,
): Promise<void> {
  const agents = {
    "http:": new http.Agent({ keepAlive: true, maxSockets: 1 }),
    "https:": new https.Agent({ keepAlive: true, maxSockets: 1 }),
  };
  for (let turn = index; performance.now() < end; turn += 1) {
    const url = urls[turn % urls.length];
    if (url === undefined) break;
    tell(await ask(url, url.protocol === "https:" ? agents["https:"] : agents["http:"], headers));
    // Half to one and a half of the average, so that users do not act in step.
    await pause(Math.min(thinkSeconds * 1000 * (0.5 + Math.random()), Math.max(0, end - performance.now())));
  }
  agents["http:"].destroy();
  agents["https:"].destroy();
}

/** Seconds until the answer is complete; undefined for an error. */
async function ask(
  url: URL,
  agent: http.Agent,
  headers: LoadOptions["headers"],
): Promise<number | undefined> {
  const started = performance.now();
  let ended = await attempt(url, agent, headers);
  // The server may close an idle connection just when the next request is sent: browsers then retry, and so
  // do these users.
  if (ended === "idle connection closed") ended = await attempt(url, agent, headers);
  return ended === "answered" ? (performance.now() - started) / 1000 : undefined;
}

type Ended = "answered" | "failed" | "idle connection closed";

function attempt(url: URL, agent: http.Agent, headers: LoadOptions["headers"]): Promise<Ended> {
  return new Promise((resolve) => {
    const request = clientOf(url).get(
      url,
      { agent, headers, timeout: patienceSeconds * 1000 },
      (response) => {
        response.resume();
        response.on("end", () => resolve((response.statusCode ?? 500) < 400 ? "answered" : "failed"));
        response.on("error", () => resolve("failed"));
      },
    );
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", () => resolve(request.reusedSocket ? "idle connection closed" : "failed"));
  });
}

async function openWebSockets(
  url: URL,
  count: number,
  headers: LoadOptions["headers"],
): Promise<readonly Socket[]> {
  const opened = await Promise.all(Array.from({ length: count }, () => openWebSocket(url, headers)));
  return opened.filter((socket) => socket !== undefined);
}

/** A WebSocket after its handshake, which is enough to hold a connection open. (RFC 6455) */
function openWebSocket(url: URL, headers: LoadOptions["headers"]): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const request = clientOf(url).get(httpOf(url), {
      agent: false,
      headers: {
        ...headers,
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
      },
    });
    request.on("upgrade", (_, socket: Socket) => {
      socket.resume();
      socket.on("error", () => socket.destroy());
      resolve(socket);
    });
    request.on("response", () => resolve(undefined));
    request.on("error", () => resolve(undefined));
  });
}

function clientOf({ protocol }: URL): typeof http | typeof https {
  return protocol === "https:" || protocol === "wss:" ? https : http;
}

function httpOf(url: URL): URL {
  return new URL(url.href.replace(/^ws/, "http"));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
