import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identify } from "../../../cli/process-identity";
import { isStatus } from "../../../sandbox/api-server/errors";
import type { KubernetesObject } from "../../../sandbox/api-server/object";
import type { ClusterIdentity } from "../../../sandbox/cluster";
import { ClusterFolder } from "../../../sandbox/cluster/folder";
import { isFree } from "../../../sandbox/cluster/ports";
import {
  api,
  clusters,
  components,
  eventually,
  identity,
  pool,
  recordedPids,
  recordsOf,
  tools,
} from "./cluster";

/** What the cloud still has of the cluster's, with what could keep it there: objects, and processes that are gone. */
async function leftInTheCloud(): Promise<readonly string[]> {
  const records = [...recordsOf("volumes"), ...recordsOf("load-balancers")];
  if (records.length === 0) {
    return [];
  }
  const lists = await Promise.all(
    [
      "namespaces/default/pods",
      "namespaces/default/persistentvolumeclaims",
      "persistentvolumes",
      "namespaces/default/services",
    ].map((path) => api.list<KubernetesObject>(`/api/v1/${path}`)),
  );
  const objects = lists.flatMap(({ items }) => items);
  const gone = Object.entries(recordedPids()).filter(([, pid]) => identify(pid) === undefined);
  return [
    ...records,
    ...objects.map(({ kind, metadata, ...rest }) =>
      JSON.stringify({ kind, ...metadata, ...rest }).slice(0, 600),
    ),
    ...gone.map(([name]) => `${name} does not run any more`),
  ];
}

test("deleted claims and Services leave nothing in the cloud", async () => {
  await api.delete("/apis/apps/v1/namespaces/default/statefulsets/store");
  for (const name of ["data-store-0", "data-store-1"]) {
    await api.delete(`/api/v1/namespaces/default/persistentvolumeclaims/${name}`);
  }
  await api.delete("/api/v1/namespaces/default/services/web");
  // The controllers still ask less and less often for the API server that the test before took away from them.
  const deadline = performance.now() + 240_000;
  while ((await leftInTheCloud()).length > 0 && performance.now() < deadline) {
    await sleep(100);
  }
  expect(await leftInTheCloud()).toEqual([]);
  await eventually(async () => {
    try {
      await api.get("/api/v1/namespaces/default/services/web");
      return false;
    } catch (error) {
      return isStatus(error, 404);
    }
  });
});

test("removing it leaves no process, no port and no folder, also the second time", async () => {
  const pids = Object.values(recordedPids());
  const record = await new ClusterFolder(identity).record();
  await clusters.remove(identity);
  await clusters.remove(identity);
  expect(pids.filter((pid) => identify(pid) !== undefined)).toEqual([]);
  expect(await Promise.all(Object.values(record?.ports ?? {}).map(isFree))).toEqual([true, true, true]);
  expect(existsSync(new ClusterFolder(identity).root)).toBe(false);
  expect(await clusters.find(identity)).toBeUndefined();
  expect(await clusters.list()).toEqual([]);
  await expect(clusters.ensureRunning(identity)).rejects.toThrow(
    "There is no cluster aws-control-plane-test",
  );
});

describe("a start that is killed half-way", () => {
  const interrupted: ClusterIdentity = { cloud: "linode", name: "interrupted" };

  /** Starts the cluster from a process of its own, and kills that. */
  async function killStartAfter(milliseconds: number): Promise<void> {
    const script = `
      const silent = { step() {}, detail() {}, warn() {} };
      require("./simulation/clusters").simulatedClusters(${JSON.stringify(tools)}, silent)
        .start(${JSON.stringify(interrupted)}, { version: "1.35" });`;
    const child = spawn(
      process.execPath,
      ["--require", join(__dirname, "../../../cli/typescript.js"), "-e", script],
      {
        cwd: join(__dirname, "..", "..", ".."),
        env: { ...process.env },
        stdio: "ignore",
      },
    );
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await eventually(async () => existsSync(new ClusterFolder(interrupted).path("cluster.json")));
    await sleep(milliseconds);
    child.kill("SIGKILL");
    await ended;
  }

  function processesOfCluster(): readonly string[] {
    const root = new ClusterFolder(interrupted).root;
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(root);
        } catch {
          return false;
        }
      });
  }

  test.each([0, 20, 100, 400, 1500])("after %d ms: the next start continues from there", async (moment) => {
    await killStartAfter(moment);
    await clusters.start(interrupted, { version: "1.35" });
    await clusters.applyNodePool(interrupted, { ...pool, zones: [], region: "fr-par" });
    expect(processesOfCluster()).toHaveLength(components.length);
    await clusters.remove(interrupted);
    expect(processesOfCluster()).toEqual([]);
  });

  test.each([0, 50, 300])("after %d ms: removing it leaves nothing", async (moment) => {
    await killStartAfter(moment);
    await clusters.remove(interrupted);
    expect(processesOfCluster()).toEqual([]);
    expect(existsSync(new ClusterFolder(interrupted).root)).toBe(false);
  });
});
