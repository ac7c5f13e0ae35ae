import { fullDiskAdvice } from "../../cli/disk-full";
import { Failure } from "../../cli/failure";
import type { ApiClient } from "../api-server/client";
import type { KubernetesObject } from "../api-server/object";
import type { ControlPlaneProcesses } from "./components";
import type { Daemon } from "./daemon";
import type { ClusterFolder } from "./folder";

/**
 * Answers with what does not run, or no longer. With the API server its clients go too: those of a real control plane lose
 * their lease meanwhile and start afresh. Ones that stayed would wait longer and longer between their attempts to reach it,
 * each of their watches for itself; and a garbage collector that missed the end of an owner takes the next object of its
 * name for it, and keeps what the first one left.
 */
export async function stopOutdated({
  etcd,
  apiServer,
  clients,
  all,
}: ControlPlaneProcesses): Promise<readonly Daemon[]> {
  for (const daemon of all) {
    daemon.adoptOrphan();
    if (daemon.isOutdated()) {
      await daemon.stop(10_000);
    }
  }
  if (!etcd.isRunning() || !apiServer.isRunning()) {
    await Promise.all(clients.map((daemon) => daemon.stop(10_000)));
  }
  return all.filter((daemon) => !daemon.isRunning());
}

/**
 * A pod whose deletion an API server had begun when it was killed stays: kwok asks once, and a kubelet asks until it is gone.
 */
export async function finishDeletions(api: ApiClient): Promise<void> {
  try {
    const { items } = await api.list<KubernetesObject>("/api/v1/pods");
    await Promise.all(
      items
        .filter(({ metadata }) => metadata.deletionGracePeriodSeconds === 0)
        .map(({ metadata: { namespace, name } }) =>
          api.delete(`/api/v1/namespaces/${namespace}/pods/${name}`, { gracePeriodSeconds: 0 }),
        ),
    );
  } finally {
    api.close();
  }
}

export async function startAll(daemons: readonly Daemon[]): Promise<void> {
  await Promise.all(daemons.map((daemon) => daemon.start()));
}

export async function checkAlive(folder: ClusterFolder, daemons: readonly Daemon[]): Promise<void> {
  const deaths = await deathsOf(folder, daemons);
  if (deaths.length > 0) {
    throw new Failure(deaths.join("\n"));
  }
}

export function deathsOf(folder: ClusterFolder, daemons: readonly Daemon[]): Promise<readonly string[]> {
  const dead = daemons.filter((daemon) => !daemon.isRunning());
  return Promise.all(dead.map((daemon) => deathOf(folder, daemon)));
}

async function deathOf(folder: ClusterFolder, dead: Daemon): Promise<string> {
  const ended = `${dead.spec.name} of cluster ${folder.id} is not running any more.`;
  const advice = fullDiskAdvice(await dead.lastLines(200));
  return advice === undefined
    ? `${ended} Last lines of ${dead.log}:\n${await dead.lastLines()}`
    : `${ended} ${advice} Its log is ${dead.log}`;
}
