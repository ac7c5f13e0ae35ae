import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { auditEvent } from "./audit-event";

const event = {
  action: "up",
  outcome: "success",
  actor: "ada",
  commit: "1a2b3c",
  run: "https://example.com/runs/1",
};
const path = process.env.PATH;

let folder: string;
let loki: Server;
let status = 204;
const received: {
  readonly headers: IncomingHttpHeaders;
  readonly url: string | undefined;
  readonly body: string;
}[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "audit-"));
  received.length = 0;
  status = 204;
  loki = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, url: request.url, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end("entry too far behind");
    });
  });
  await new Promise<void>((done) => loki.listen(0, "127.0.0.1", done));
  const { port } = loki.address() as AddressInfo;
  kubectl(`echo "$@" > ${folder}/words; echo 'Forwarding from 127.0.0.1:${port} -> 3100'; exec sleep 60`);
  process.env.PATH = [folder, path].join(delimiter);
});

afterEach(() => {
  process.env.PATH = path;
  loki.close();
  rmSync(folder, { recursive: true });
});

/** Puts a kubectl in the place of the real one. */
function kubectl(script: string): void {
  writeFileSync(join(folder, "kubectl"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "kubectl"), 0o755);
}

function tell(): Promise<boolean> {
  const projectDirectory = join(__dirname, "..", "..");
  return auditEvent(
    { projectDirectory, stack: "prod", clouds: false, kubeconfigs: ["aws=/somewhere"] },
    event,
  );
}

test("reaches the Loki of the cluster, as the environment's tenant", async () => {
  expect(await tell()).toBe(true);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ url: "/loki/api/v1/push", headers: { "x-scope-orgid": "production" } });
  const [stream] = JSON.parse(received[0]?.body ?? "").streams;
  expect(stream.stream).toEqual({ job: "audit", stack: "prod", action: "up", outcome: "success" });
  expect(JSON.parse(stream.values[0][1])).toMatchObject({ ...event, stack: "prod" });
  expect(stream.values[0][0]).toMatch(/^\d{19}$/);
});

test("fails when Loki refuses it", async () => {
  status = 400;
  await expect(tell()).rejects.toThrow("Loki refused the event: HTTP 400 entry too far behind");
});

test("fails with kubectl's words when Loki cannot be reached", async () => {
  kubectl('echo "error: services \\"loki\\" not found" >&2; exit 1');
  await expect(tell()).rejects.toThrow(
    'atlas-logging/loki cannot be reached: error: services "loki" not found',
  );
});
