import { readFile } from "node:fs/promises";
import { Failure } from "../../cli/failure";
import { KubernetesApi } from "./api";
import { allRecords, type ClusterFolder, type ClusterRecord } from "./folder";

export async function existing(folder: ClusterFolder): Promise<ClusterRecord> {
  const record = await folder.record();
  if (record === undefined) {
    throw new Failure(`There is no cluster ${folder.id}: nothing at ${folder.root}.`);
  }
  return record;
}

export async function apiOf(folder: ClusterFolder, record: ClusterRecord): Promise<KubernetesApi> {
  return new KubernetesApi({
    endpoint: `https://127.0.0.1:${record.ports.api}`,
    authority: await readFile(folder.certificate("ca"), "utf8"),
    token: record.token,
  });
}

export async function keptPorts(except: ClusterFolder): Promise<ReadonlySet<number>> {
  const others = (await allRecords()).filter(({ cloud, name }) => `${cloud}-${name}` !== except.id);
  return new Set(others.flatMap(({ ports }) => [ports.api, ports.etcd, ports.etcdPeer]));
}
