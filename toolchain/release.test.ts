import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fetchRelease, findRelease, releasesVariable } from "./release";
import { versions } from "./versions";

let home: string;
let server: Server;
let address: string;
const before = process.env.AI_PLATFORM_TOOLS;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "release-"));
  process.env.AI_PLATFORM_TOOLS = join(home, "tools");
  server = createServer((request, response) => {
    const expected = `/pulumi-v${versions.pulumi}-${process.platform}-${process.arch}.tar.gz`;
    if (request.url === expected) response.end(readFileSync(join(home, "archive")));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port }: Pick<AddressInfo, "port"> = Object.assign({ port: 0 }, server.address());
  address = `http://127.0.0.1:${port}`;
});

afterEach(async () => {
  if (before === undefined) delete process.env.AI_PLATFORM_TOOLS;
  else process.env.AI_PLATFORM_TOOLS = before;
  delete process.env[releasesVariable];
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(home, { recursive: true });
});

/** An archive as Pulumi publishes it, of a CLI that tells this version. */
function publish(version: string): void {
  mkdirSync(join(home, "pulumi"));
  for (const name of ["pulumi", "pulumi-language-nodejs"]) {
    writeFileSync(join(home, "pulumi", name), `#!/bin/sh\necho v${version}\n`);
    chmodSync(join(home, "pulumi", name), 0o755);
  }
  execFileSync("tar", ["-czf", join(home, "archive"), "-C", home, "pulumi"]);
}

const never = new AbortController().signal;

test("the CLI alone is kept of a release, and found the next time", async () => {
  publish(versions.pulumi);
  expect(findRelease()).toBeUndefined();
  const path = await fetchRelease(never, address);
  expect(execFileSync(path, { encoding: "utf8" })).toBe(`v${versions.pulumi}\n`);
  expect(readdirSync(dirname(path))).toEqual(["pulumi"]);
  expect(findRelease()).toBe(path);
});

test("a release that tells another version is not taken", async () => {
  publish("3.1.0");
  await expect(fetchRelease(never, address)).rejects.toThrow("the release says that it is 3.1.0");
  expect(findRelease()).toBeUndefined();
});

test("says in a few words why there is none: the host, and what it answered", async () => {
  const host = new URL(address).host;
  await expect(fetchRelease(never, `${address}/elsewhere`)).rejects.toThrow(`${host}: answered 404`);
  await expect(fetchRelease(never, "http://127.0.0.1:1")).rejects.toThrow(/^127\.0\.0\.1:1: .+/);
});

test("is not fetched when nothing waits for it any more, nor where releases are not wanted", async () => {
  publish(versions.pulumi);
  await expect(fetchRelease(AbortSignal.abort(), address)).rejects.toThrow("aborted");
  process.env[releasesVariable] = "never";
  await expect(fetchRelease(never, address)).rejects.toThrow('AI_PLATFORM_RELEASES is "never"');
  expect(findRelease()).toBeUndefined();
});
