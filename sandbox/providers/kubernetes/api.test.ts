import { createServer, type Server } from "node:http";
import { KubeConfig } from "@kubernetes/client-node";
import { ApiClient } from "./api";

const path = "/apis/example.com/v1/namespaces/default/widgets/first";
let server: Server;
let asked: number;
let client: ApiClient;

/** An API server that begins to serve the kind at the request of this number. */
async function serving(from: number): Promise<void> {
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    if (asked < from) response.writeHead(404, { "content-type": "text/plain" }).end("404 page not found\n");
    else response.writeHead(200, { "content-type": "application/json" }).end('{"kind":"Widget"}');
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const config = new KubeConfig();
  const cluster = { name: "test", server: `http://127.0.0.1:${port}`, skipTLSVerify: true };
  config.loadFromClusterAndUser(cluster, { name: "somebody" });
  client = new ApiClient(config);
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test("waits for a kind whose definition a busy server does not serve yet, for longer than for a server that is away", async () => {
  await serving(8);
  expect(await client.request("PATCH", path, { body: { kind: "Widget" } })).toEqual({ kind: "Widget" });
  expect(asked).toBe(8);
});

test("does not wait when it only looks for an object", async () => {
  await serving(2);
  expect(await client.find(path)).toBeUndefined();
  expect(asked).toBe(1);
});
