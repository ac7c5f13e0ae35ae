import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { silentReporter } from "../../cli/reporter";
import { plannedReleases } from "../../lock/planned";
import { type Outcome, refresh } from "../../lock/refresh";
import { readDigests } from "../../model/charts/digests";
import { readLock } from "../../model/charts/lock";
import { Plan } from "../../model/plan";
import { ChartArchives } from "../../sandbox/providers/kubernetes/release/archives";
import { Charts } from "../../sandbox/providers/kubernetes/release/charts";
import { ensureTools } from "../../toolchain";

const run = promisify(execFile);

let folder: string;
let helm: string;
let server: Server;
let repository: string;

beforeAll(async () => {
  ({ helm } = await ensureTools(["helm"], silentReporter));
  server = createServer((request, response) => {
    response.end(readFileSync(join(folder, "repository", request.url ?? "")));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  repository = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(() => server.close());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "chart-lock-"));
  mkdirSync(join(folder, "lock"));
  await publish("1.2.3", "");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts a version of the chart into the repository, in the place of the one that it has. */
async function publish(version: string, more: string): Promise<void> {
  const chart = join(folder, "greeter");
  mkdirSync(join(chart, "templates"), { recursive: true });
  writeFileSync(join(chart, "Chart.yaml"), `apiVersion: v2\nname: greeter\nversion: ${version}\n`);
  writeFileSync(
    join(chart, "templates", "all.yaml"),
    `apiVersion: v1
kind: Service
metadata:
  name: "{{ .Release.Name }}"
  labels: {helm.sh/chart: "{{ .Chart.Name }}-{{ .Chart.Version }}"}
spec: {ports: [{port: {{ .Values.port }}}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: prepare, annotations: {helm.sh/hook: pre-install}}
spec: {template: {spec: {containers: [{name: prepare, image: "prepare:{{ .Capabilities.KubeVersion.Minor }}"}]}}}
${more}`,
  );
  const archives = join(folder, "repository");
  rmSync(archives, { recursive: true, force: true });
  mkdirSync(archives);
  await run(helm, ["package", chart, "--destination", archives]);
  await run(helm, ["repo", "index", archives]);
}

/** Writes the release of a plan into the lock, under the digests that the lock has, as with a cache of its own. */
async function lock(version: string, port: number): Promise<Outcome> {
  const [release] = plannedReleases(
    Plan.of("dev", [
      {
        type: "kubernetes:helm.sh/v3:Release",
        name: "greeter",
        inputs: {
          name: "hello",
          namespace: "web",
          chart: "greeter",
          version,
          repositoryOpts: { repo: repository },
          values: { port },
        },
        options: { provider: "pulumi:providers:kubernetes::local-kubernetes" },
      },
    ]),
  );
  if (release === undefined) {
    throw new Error("the plan has no release");
  }
  const cache = mkdtempSync(join(folder, "cache-"));
  const charts = new Charts(new ChartArchives(helm, cache, readDigests(join(folder, "lock"))), undefined);
  return refresh(release, { helm, charts, folder: join(folder, "lock") });
}

test("a release is rendered from its repository, with its hooks, and the archive's digest is taken", async () => {
  const outcome = await lock("1.2.3", 80);
  expect(outcome).toMatchObject({ kind: "written", digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
  expect(readLock("dev", join(folder, "lock"))).toMatchObject([
    {
      file: "dev/local/hello.yaml",
      version: "1.2.3",
      digest: "digest" in outcome ? outcome.digest : "",
      objects: [
        { kind: "Job", name: "prepare", namespace: "web", hook: "pre-install" },
        { kind: "Service", name: "hello", namespace: "web", ports: [{ port: 80 }] },
      ],
    },
  ]);
  expect(await lock("1.2.3", 80)).toMatchObject({ kind: "unchanged" });
});

test("one changed value or version changes what the lock says", async () => {
  await lock("1.2.3", 80);
  const [before] = readLock("dev", join(folder, "lock"));
  await lock("1.2.3", 81);
  const [after] = readLock("dev", join(folder, "lock"));
  expect(after?.objects[1]?.ports).toEqual([{ port: 81 }]);
  expect(after?.values).not.toBe(before?.values);
  expect(after?.digest).toBe(before?.digest);

  await publish("1.2.4", "");
  await lock("1.2.4", 81);
  const [bumped] = readLock("dev", join(folder, "lock"));
  expect(bumped?.objects[1]?.labels).toEqual({ "helm.sh/chart": "greeter-1.2.4" });
  expect(bumped?.digest).not.toBe(before?.digest);
});

test("an archive that was replaced under its version is refused, and the lock stays as it was", async () => {
  await lock("1.2.3", 80);
  const before = readFileSync(join(folder, "lock/dev/local/hello.yaml"), "utf8");
  await publish("1.2.3", "---\napiVersion: v1\nkind: Secret\nmetadata: {name: backdoor}\n");
  await expect(lock("1.2.3", 80)).rejects.toThrow(
    /the chart greeter 1\.2\.3 from .* has the digest sha256:.* and the lock has sha256:/,
  );
  expect(readFileSync(join(folder, "lock/dev/local/hello.yaml"), "utf8")).toBe(before);
});

test("a version that the repository does not have is a fault", async () => {
  await expect(lock("9.9.9", 80)).rejects.toThrow(
    "the chart greeter 9.9.9 is not available from http://127.0.0.1",
  );
});
