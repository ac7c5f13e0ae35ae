import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type LoadTestOptions, loadTest } from "./load-test";
import { judge } from "./measure";
import { targets } from "./targets";

let server: Server;
let base: string;
let asked: Map<string, number>;
let held: Duplex[];
let answerEach: (count: number) => number;

beforeEach(async () => {
  asked = new Map();
  held = [];
  answerEach = () => 200;
  let count = 0;
  server = createServer((request, response) => {
    const { url = "" } = request;
    asked.set(url, (asked.get(url) ?? 0) + 1);
    count += 1;
    response.statusCode = answerEach(count);
    response.end(String(request.headers.authorization));
  });
  server.on("upgrade", (request, socket) => {
    held.push(socket);
    const accepted = createHash("sha1")
      .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accepted}\r\n\r\n`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `127.0.0.1:${portOf(server)}`;
});

afterEach(async () => {
  for (const socket of held) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function portOf(one: Server): number {
  const address: AddressInfo | string | null = one.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return address.port;
}

const options = (changes: Partial<LoadTestOptions> = {}): LoadTestOptions => ({
  url: [`http://${base}/one`, `http://${base}/two`],
  users: "20",
  seconds: "1",
  ramp: "0",
  think: "0.1",
  header: [],
  webSockets: "5",
  ...changes,
});

async function run(changes: Partial<LoadTestOptions> = {}) {
  const lines: string[] = [];
  const kept = await loadTest(options(changes), (line) => lines.push(line));
  return { kept, lines };
}

test("users ask every address again and again, and what they see is held to the promises", async () => {
  const { lines } = await run();
  expect([...asked.keys()].sort()).toEqual(["/one", "/two"]);
  expect(asked.get("/one")).toBeGreaterThan(10);
  expect(lines).toContainEqual("pass  users at once: 20 (promised: 20)");
  expect(lines.at(-2)).toMatch(/^pass {2}errors: 0 of \d+ \(promised: below 0.1 %\)$/);
});

test("errors fail it, although they come fast", async () => {
  answerEach = (count) => (count % 10 === 0 ? 503 : 200);
  const { kept, lines } = await run();
  expect(kept).toBe(false);
  expect(lines.at(-2)).toMatch(/^FAIL {2}errors: [1-9]\d* of/);
});

test("a stack that is not there fails it", async () => {
  const { kept, lines } = await run({ url: ["http://127.0.0.1:1/"] });
  expect(kept).toBe(false);
  expect(lines).toContainEqual("FAIL  average: no answer (promised: below 400 ms)");
});

test("WebSockets are held open all the while", async () => {
  const { lines } = await run({ webSocket: `ws://${base}/stream` });
  expect(held).toHaveLength(5);
  expect(lines.at(-1)).toBe("pass  WebSockets open: 5 (promised: 5)");
});

test("a WebSocket that is closed by the other side counts no more", async () => {
  server.on("upgrade", (_, socket) => {
    if (held.length === 3) socket.destroy();
  });
  const { kept, lines } = await run({ webSocket: `ws://${base}/stream` });
  expect(lines.at(-1)).toBe("FAIL  WebSockets open: 4 (promised: 5)");
  expect(kept).toBe(false);
});

test("every fault of the options is told at once, before anything is asked", async () => {
  await expect(run({ url: ["ai.example.com"], users: "many", header: ["x"] })).rejects.toThrow(
    /--header: found x.*\n--url: found ai\.example\.com.*\n--users: found many/,
  );
  expect(asked.size).toBe(0);
});

describe("the promises are 001's", () => {
  const fine = {
    users: 10_000,
    seconds: Array.from({ length: 1000 }, () => 0.1),
    errors: 0,
    ownDelaySeconds: 0.01,
  };
  const failed = (changes: Partial<Parameters<typeof judge>[0]>) =>
    judge({ ...fine, ...changes }, targets.users).flatMap(({ figure, kept }) => (kept ? [] : [figure]));

  test("kept", () => expect(failed({})).toEqual([]));

  test.each([
    ["users at once", { users: 9_999 }],
    ["average", { seconds: fine.seconds.map(() => 0.45) }],
    ["95th percentile", { seconds: fine.seconds.map((one, index) => (index < 945 ? one : 0.9)) }],
    ["99th percentile", { seconds: fine.seconds.map((one, index) => (index < 985 ? one : 1.6)) }],
    ["errors", { errors: 2 }],
    ["delay of this machine", { ownDelaySeconds: 0.2 }],
  ])("%s", (figure, changes) => expect(failed(changes)).toEqual([figure]));
});
