import { createServer } from "node:net";
import { identify } from "../../../cli/process-identity";
import { ClusterFolder } from "../../../sandbox/cluster/folder";
import { isFree } from "../../../sandbox/cluster/ports";
import {
  api,
  clients,
  clusters,
  components,
  eventually,
  identity,
  nodes,
  pool,
  recordedPids,
  type Workload,
} from "./cluster";

async function kill(...names: readonly string[]): Promise<void> {
  for (const [name, pid] of Object.entries(recordedPids())) {
    if (names.includes(name)) {
      process.kill(pid, "SIGKILL");
      await eventually(async () => identify(pid) === undefined);
    }
  }
}

test("a smaller pool loses its last nodes, and their pods find others", async () => {
  await clusters.applyNodePool(identity, { ...pool, count: 3, labels: { "workload-type": "changed" } });
  const left = await nodes("general");
  expect(left.map(({ metadata }) => metadata.name)).toEqual([
    "general-us-east-1a-1",
    "general-us-east-1b-1",
    "general-us-east-1c-1",
  ]);
  expect(left.map(({ metadata }) => metadata.labels?.["workload-type"])).toEqual([
    "changed",
    "changed",
    "changed",
  ]);
  await eventually(
    async () =>
      (await api.get<Workload>("/apis/apps/v1/namespaces/default/deployments/web")).status?.readyReplicas ===
      3,
  );
});

test.each([
  { killed: ["etcd"], afresh: ["etcd", ...clients] },
  { killed: ["kube-apiserver"], afresh: ["kube-apiserver", ...clients] },
  { killed: ["kwok", "cloud-controller"], afresh: ["kwok", "cloud-controller"] },
  { killed: components, afresh: components },
])("is whole again after kill -9 of $killed, with $afresh started afresh", async ({ killed, afresh }) => {
  const marker = `marker-${killed.join("-")}`;
  await api.create("/api/v1/namespaces/default/configmaps", { metadata: { name: marker } });
  const before = await clusters.find(identity);
  const pidsBefore = recordedPids();
  await kill(...killed);

  expect(await clusters.ensureRunning(identity)).toEqual(before);

  const pids = recordedPids();
  expect(Object.keys(pids).sort()).toEqual([...components].sort());
  expect(Object.values(pids).every((pid) => identify(pid) !== undefined)).toBe(true);
  expect(components.filter((name) => pids[name] !== pidsBefore[name])).toEqual(afresh);
  await api.get(`/api/v1/namespaces/default/configmaps/${marker}`);
  await clusters.applyNodePool(identity, { ...pool, count: 3 });
});

test("a process that dies while nodes are waited for is named, with the end of its log", async () => {
  const doomed = { ...pool, name: "doomed", count: 3 };
  process.kill(recordedPids().kwok ?? 0, "SIGSTOP");
  const outcome = clusters.applyNodePool(identity, doomed).then(
    () => "all Ready",
    (error: Error) => error.message,
  );
  await eventually(async () => (await nodes("doomed")).length === 3);
  await kill("kwok");
  expect(await outcome).toContain(
    "kwok of cluster aws-control-plane-test is not running any more. Last lines of ",
  );
  await clusters.applyNodePool(identity, doomed);
  await clusters.removeNodePool(identity, "doomed");
  expect(await nodes("doomed")).toEqual([]);
});

test("a kept port that somebody else took is named, with who took it and what to do", async () => {
  const record = await new ClusterFolder(identity).record();
  const port = record?.ports.api ?? 0;
  await kill("kube-apiserver");
  const thief = createServer((connection) => connection.destroy());
  await eventually(async () => isFree(port));
  await new Promise<void>((resolve) => thief.listen(port, "127.0.0.1", resolve));
  try {
    await expect(clusters.ensureRunning(identity)).rejects.toThrow(
      `Port ${port} on 127.0.0.1, which kube-apiserver of cluster aws-control-plane-test keeps, is taken by process ${process.pid}`,
    );
  } finally {
    await new Promise((resolve) => thief.close(resolve));
  }
  await clusters.ensureRunning(identity);
});
