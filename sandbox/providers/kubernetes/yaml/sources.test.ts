import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf, noDigests } from "../digests";
import { ManifestSources } from "./sources";

let folder: string;
let server: Server;
let origin: string;
let asked: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ai-platform-sources-"));
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const status = Number(request.url?.slice(1)) || 200;
    response.writeHead(status).end("kind: A");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function sources(mirror?: string, digest?: string): ManifestSources {
  const digests = digest === undefined ? noDigests : { ...noDigests, manifest: () => digest };
  return new ManifestSources(mirror, join(folder, "kept"), digests);
}

async function disconnect(): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

test("a file is read; one that is missing is a fault", async () => {
  writeFileSync(join(folder, "operator.yaml"), "kind: B");
  expect(await sources().read(join(folder, "operator.yaml"))).toEqual({ kind: "found", text: "kind: B" });
  await expect(sources().read(join(folder, "*.yaml"))).rejects.toThrow(
    "give the path of a file, without wildcards",
  );
});

test("an address that does not answer is unavailable, and is not asked twice in a run", async () => {
  await disconnect();
  const run = sources();
  const first = await run.read(`${origin}/operator.yaml`);
  expect(first).toEqual({
    kind: "unavailable",
    why: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ does not answer: .*ECONNREFUSED/),
  });
  expect(await run.read(`${origin}/other.yaml`)).toEqual(first);
});

test("a server that does not answer is asked once, however many ask at the same time", async () => {
  const run = sources();
  const answers = await Promise.all(["503", "503?b", "503?c"].map((file) => run.read(`${origin}/${file}`)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(asked).toEqual(["/503"]);
});

test("a server that answers is asked for each", async () => {
  const run = sources();
  await expect(run.read(`${origin}/404`)).rejects.toThrow("there is no manifest");
  const files = ["a.yaml", "b.yaml"];
  await Promise.all(files.map((file) => run.read(`${origin}/${file}`)));
  expect(asked.toSorted()).toEqual(["/404", "/a.yaml", "/b.yaml"]);
});

test("a server that has answered, and does not any more, is not asked again", async () => {
  const run = sources();
  await run.read(`${origin}/a.yaml`);
  expect(await run.read(`${origin}/503`)).toMatchObject({ kind: "unavailable" });
  expect(await run.read(`${origin}/b.yaml`)).toMatchObject({ kind: "unavailable" });
  expect(asked).toEqual(["/a.yaml", "/503"]);
});

test.each([403, 407, 503])("an answer %i speaks of the way, not of the manifest", async (status) => {
  expect(await sources().read(`${origin}/${status}`)).toMatchObject({ kind: "unavailable" });
});

test("an address without a manifest is a fault", async () => {
  await expect(sources().read(`${origin}/404`)).rejects.toThrow(
    `there is no manifest at ${origin}/404: the server answers 404 Not Found`,
  );
});

test("what was read once stays readable without the network", async () => {
  expect(await sources().read(`${origin}/operator.yaml`)).toEqual({ kind: "found", text: "kind: A" });
  await disconnect();
  expect(await sources().read(`${origin}/operator.yaml`)).toEqual({ kind: "found", text: "kind: A" });
  expect(await sources().read(`${origin}/other.yaml`)).toMatchObject({ kind: "unavailable" });
});

test("the mirror goes before the network, by the last part of the address", async () => {
  mkdirSync(join(folder, "manifests"));
  writeFileSync(join(folder, "manifests", "operator.yaml"), "kind: Mirrored");
  const mirrored = sources(folder);
  expect(await mirrored.read(`${origin}/releases/v1/operator.yaml?raw=1`)).toEqual({
    kind: "found",
    text: "kind: Mirrored",
  });
  expect(asked).toEqual([]);
  expect(await mirrored.read(`${origin}/releases/v1/other.yaml`)).toEqual({ kind: "found", text: "kind: A" });
});

test("a manifest whose digest is known is taken as long as it is the same, wherever it comes from", async () => {
  const address = `${origin}/operator.yaml`;
  const found = { kind: "found", text: "kind: A" };
  expect(await sources(undefined, digestOf("kind: A")).read(address)).toEqual(found);

  const changed = `the manifest ${address} has the digest ${digestOf("kind: A")}, and the lock has ${digestOf("kind: B")}`;
  const other = digestOf("kind: B");
  await expect(sources(undefined, other).read(address)).rejects.toThrow(changed);
  mkdirSync(join(folder, "manifests"));
  writeFileSync(join(folder, "manifests", "operator.yaml"), "kind: A");
  await expect(sources(folder, other).read(address)).rejects.toThrow(changed);
  rmSync(join(folder, "manifests"), { recursive: true });
  await disconnect();
  await expect(sources(undefined, other).read(address)).rejects.toThrow(changed);
});
