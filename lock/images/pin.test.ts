import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { Plan } from "../../model/plan";
import { chosenImages } from "./chosen";
import { pin, stillUnpinned } from "./pin";
import type { RegistryCaller } from "./registry";

const manifest = '{"schemaVersion":2}';
const digestOf = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** A registry that answers only who has a token for the repository, and what it was asked. */
class LocalRegistry {
  readonly asked: string[] = [];
  /** Whether answers say the digest, which they need not. */
  tellsDigest = true;
  tags: Readonly<Record<string, string>> = { "shop/cart:1.4.2": manifest };
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const { method = "", url = "", headers } = request;
      this.asked.push(`${method} ${url.replace(/\?.*/, "")}`);
      const address = new URL(url, this.base);
      if (address.pathname === "/token") {
        const [service, scope] = ["service", "scope"].map((key) => address.searchParams.get(key));
        response.end(JSON.stringify({ token: `${service} ${scope}` }));
        return;
      }
      const [, repository = "", tag = ""] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(address.pathname) ?? [];
      const scope = `repository:${repository}:pull`;
      if (headers.authorization !== `Bearer here ${scope}`) {
        response.setHeader(
          "www-authenticate",
          `Bearer realm="${this.base}/token",service="here",scope="${scope}"`,
        );
        response.writeHead(401).end();
        return;
      }
      const found = this.tags[`${repository}:${tag}`];
      if (
        found === undefined ||
        !String(headers.accept).includes("application/vnd.oci.image.index.v1+json")
      ) {
        response.writeHead(404).end();
        return;
      }
      if (this.tellsDigest) response.setHeader("docker-content-digest", digestOf(found));
      response.writeHead(200).end(method === "HEAD" ? undefined : found);
    });
  }

  get base(): string {
    return `http://${this.host}`;
  }

  get host(): string {
    const address = this.#server.address();
    return `127.0.0.1:${address !== null && typeof address === "object" ? address.port : "closed"}`;
  }

  start(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

const caller: RegistryCaller = {
  environment: {},
  get: async (url, headers = {}, method = "GET") => {
    const response = await fetch(url, { headers, method });
    return {
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      body: await response.text(),
    };
  },
};

let registry: LocalRegistry;

beforeEach(async () => {
  registry = new LocalRegistry();
  await registry.start();
});

afterEach(() => registry.stop());

const cart = (): string => `${registry.host}/shop/cart:1.4.2`;

test("a tag's digest is asked for with a token of its repository, and without fetching the manifest", async () => {
  const found = await pin(caller, [cart()], {});
  expect(found).toEqual({ pins: { [cart()]: digestOf(manifest) }, faults: [] });
  expect(registry.asked).toEqual([
    "HEAD /v2/shop/cart/manifests/1.4.2",
    "GET /token",
    "HEAD /v2/shop/cart/manifests/1.4.2",
  ]);
});

test("a registry that does not say the digest has it computed", async () => {
  registry.tellsDigest = false;
  expect((await pin(caller, [cart()], {})).pins).toEqual({ [cart()]: digestOf(manifest) });
});

test("an image is asked for once, and what nothing uses any more is not kept", async () => {
  const { pins } = await pin(caller, [cart(), cart()], { "docker.io/library/gone:1": digestOf("gone") });
  expect(Object.keys(pins)).toEqual([cart()]);
  expect(registry.asked.filter((line) => line.startsWith("GET /token"))).toHaveLength(1);
});

test("a tag that was pushed again keeps its pin until somebody accepts the new one", async () => {
  const before = { [cart()]: digestOf("before") };
  const found = await pin(caller, [cart()], before);
  expect(found.pins).toEqual(before);
  expect(found.faults).toEqual([
    expect.stringContaining(`was ${digestOf("before")} and is ${digestOf(manifest)}`),
  ]);
  expect((await pin(caller, [cart()], before, { acceptMoved: true })).pins).toEqual({
    [cart()]: digestOf(manifest),
  });
});

test("what a registry does not have, or does not answer, is said, and its pin stays", async () => {
  const missing = `${registry.host}/shop/till:9`;
  const found = await pin(caller, [missing], { [missing]: digestOf("before") });
  expect(found.faults).toEqual([`${missing}: HTTP 404`]);
  expect(found.pins).toEqual({ [missing]: digestOf("before") });
  await registry.stop();
  expect((await pin(caller, [missing], {})).faults).toEqual([expect.stringContaining(`${missing}: `)]);
  registry = new LocalRegistry();
  await registry.start();
});

test("the program chooses what is in its resources, not what systems build, or what is pinned in it", () => {
  const digest = digestOf(manifest);
  const resource = (name: string, image: string, type = "kubernetes:apps/v1:Deployment") => ({
    type,
    name,
    inputs: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name },
      spec: { template: { spec: { containers: [{ name, image }] } } },
    },
    options: {},
  });
  const plan = Plan.of("test", [
    resource("open", "docker.io/library/redis:8.2"),
    resource("pinned", `docker.io/library/mongo:8.0@${digest}`),
    resource("written", `docker.io/rclone/rclone:1.75@${digest}`),
    resource("own", "registry.example.com/shop/cart:1.4.2"),
  ]);
  expect(
    chosenImages(plan, ["registry.example.com/shop"], { "docker.io/library/mongo:8.0": digest }),
  ).toEqual(["docker.io/library/mongo:8.0", "docker.io/library/redis:8.2"]);
});

test("what is pinned, or no longer used, is not among the unpinned; what is new is not added", () => {
  const listed = ["docker.io/library/mongo:8.0", "docker.io/library/gone:1", "docker.io/library/redis:8.2"];
  const used = ["docker.io/library/mongo:8.0", "docker.io/library/redis:8.2", "docker.io/library/new:1"];
  expect(stillUnpinned(listed, used, { "docker.io/library/mongo:8.0": digestOf(manifest) })).toEqual([
    "docker.io/library/redis:8.2",
  ]);
});
