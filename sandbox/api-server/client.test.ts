import { createServer, type RequestListener, type Server } from "node:http";
import { KubeConfig } from "@kubernetes/client-node";
import { ApiClient, type ApiClientOptions } from "./client";
import { byKubeConfig } from "./kubeconfig-access";
import { Mirror } from "./mirror";
import type { KubernetesObject } from "./object";

const path = "/apis/example.com/v1/namespaces/default/widgets/first";
let server: Server;
let asked: string[];

/** A client of an API server; the answers begin with the number of the request. */
async function clientOf(
  answer: (number: number, ...exchange: Parameters<RequestListener>) => void,
  options: ApiClientOptions = {},
): Promise<ApiClient> {
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(asked.length, request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const config = new KubeConfig();
  const cluster = { name: "test", server: `http://127.0.0.1:${port}`, skipTLSVerify: true };
  config.loadFromClusterAndUser(cluster, { name: "somebody" });
  return new ApiClient(byKubeConfig(config), options);
}

type Response = Parameters<RequestListener>[1];

function json(response: Response, body: object, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function unserved(response: Response): void {
  response.writeHead(404, { "content-type": "text/plain" }).end("404 page not found\n");
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe("a kind that is not served yet", () => {
  const servingFrom = (from: number) =>
    clientOf((number, _, response) =>
      number < from ? unserved(response) : json(response, { kind: "Widget" }),
    );

  test("is waited for when an object of it is applied", async () => {
    const client = await servingFrom(8);
    expect(await client.apply(path, { kind: "Widget" }, { fieldManager: "me" })).toEqual({ kind: "Widget" });
    expect(asked).toEqual(Array(8).fill(`PATCH ${path}?fieldManager=me`));
  });

  test("is not waited for when an object is looked for", async () => {
    const client = await servingFrom(2);
    expect(await client.find(path)).toBeUndefined();
    expect(asked).toHaveLength(1);
  });
});

describe("a busy server", () => {
  const busy = { kind: "Status", message: "too many requests", reason: "TooManyRequests", code: 429 };
  const freeFrom = (from: number, options: ApiClientOptions) =>
    clientOf(
      (number, _, response) =>
        number < from ? json(response, busy, 429) : json(response, { kind: "Widget" }),
      options,
    );

  test("is asked again as often as its client may", async () => {
    const client = await freeFrom(3, { attempts: 3 });
    expect(await client.get(path)).toEqual({ kind: "Widget" });
    expect(asked).toHaveLength(3);
  });

  test("is a failure in the end, in its own words", async () => {
    const client = await freeFrom(3, { attempts: 2 });
    await expect(client.get(path)).rejects.toMatchObject({
      message: "too many requests",
      status: 429,
      reason: "TooManyRequests",
    });
    expect(asked).toHaveLength(2);
  });

  test("is asked once by default", async () => {
    const client = await freeFrom(2, {});
    await expect(client.get(path)).rejects.toThrow("too many requests");
    expect(asked).toHaveLength(1);
  });
});

test("a refusal has the fields that the server refuses", async () => {
  const causes = [{ reason: "FieldValueInvalid", field: "spec.replicas", message: "must be positive" }];
  const client = await clientOf((_, __, response) =>
    json(response, { message: "invalid", reason: "Invalid", code: 422, details: { causes } }, 422),
  );
  await expect(client.create(path, {})).rejects.toMatchObject({
    causes: [expect.objectContaining({ field: "spec.replicas", message: "must be positive" })],
  });
});

test("what cannot be reached says where", async () => {
  const client = await clientOf((_, request) => request.socket.destroy());
  await expect(client.get(path)).rejects.toThrow(/^the Kubernetes API at http:.* cannot be reached: /);
});

describe("a mirror", () => {
  const object = (name: string, resourceVersion: string): KubernetesObject => ({
    metadata: { name, namespace: "default", resourceVersion },
  });
  const event = (type: string, what: object) => `${JSON.stringify({ type, object: what })}\n`;

  test("follows changes from its list on, and lists again once its version is too old", async () => {
    let lists = 0;
    const client = await clientOf((_, { url = "" }, response) => {
      if (!url.includes("watch=true")) {
        lists += 1;
        json(response, {
          metadata: { resourceVersion: lists === 1 ? "5" : "20" },
          items: [object(lists === 1 ? "first" : "last", "5")],
        });
      } else if (url.includes("resourceVersion=5&") || url.endsWith("resourceVersion=5")) {
        response.write(event("ADDED", object("second", "6")));
        response.write(event("DELETED", object("first", "7")));
        response.end(event("ERROR", { message: "too old", reason: "Expired", code: 410 }));
      } else {
        response.write(event("BOOKMARK", { metadata: { resourceVersion: "30" } }));
      }
    });
    const stop = new AbortController();
    const seen: string[][] = [];
    const failures: string[] = [];
    await new Promise<void>((done) => {
      const mirror = new Mirror(client, "/api/v1/pods", () => {
        seen.push(mirror.all.map(({ metadata }) => metadata.name));
        if (mirror.isCurrent("30")) done();
      });
      void mirror.run(stop.signal, ({ message }) => failures.push(message));
    });
    stop.abort();
    expect(seen).toEqual([["first"], ["first", "second"], ["second"], ["last"], ["last"]]);
    expect(failures).toEqual(["too old"]);
  });
});
