import { readFile } from "node:fs/promises";
import { Failure } from "../../cli/failure";
import { byToken } from "../api-server/access";
import { ApiClient } from "../api-server/client";
import { allRecords, type ClusterFolder, type ClusterRecord } from "./folder";

export async function existing(folder: ClusterFolder): Promise<ClusterRecord> {
  const record = await folder.record();
  if (record === undefined) {
    throw new Failure(`There is no cluster ${folder.id}: nothing at ${folder.root}.`);
  }
  return record;
}

export async function apiOf(folder: ClusterFolder, record: ClusterRecord): Promise<ApiClient> {
  return new ApiClient(
    byToken({
      endpoint: `https://127.0.0.1:${record.ports.api}`,
      certificateAuthority: await readFile(folder.certificate("ca"), "base64"),
      token: record.token,
    }),
    { connections: 16 },
  );
}

export async function keptPorts(except: ClusterFolder): Promise<ReadonlySet<number>> {
  const others = (await allRecords()).filter(({ cloud, name }) => `${cloud}-${name}` !== except.id);
  return new Set(others.flatMap(({ ports }) => [ports.api, ports.etcd, ports.etcdPeer]));
}
