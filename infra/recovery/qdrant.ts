import type { Qdrant } from "../data/qdrant";
import { replicas } from "../kit/site";
import { charts } from "../platform/charts";
import { type RecoverableStore, storageTimes, type ThrowAwayServer } from "./recoverable-store";
import { recoverySoftware } from "./software";

const user = 1000;

/**
 * A Qdrant cluster: every hour the snapshots that each member makes of its shards. They are restored into a cluster like it, of
 * as many members and the same version. (R1, 000, 001)
 *
 * @param name names the jobs and the folder of the backups
 */
export function recoverableQdrant(name: string, store: Qdrant): RecoverableStore {
  const { site, namespace, releaseName, sizes } = store.args;
  const { storage, memory } = sizes[site.environment];
  const { http } = store.endpoints;
  const members = Array.from(
    { length: replicas(site, 3) },
    (_, index) => `http://${releaseName}-${index}.${releaseName}-headless.${namespace}.svc:${http.port}`,
  );
  const common = { image: recoverySoftware.python.image, user };
  const servers = members.map((_, index) => throwAwayMember(index, members.length));
  return {
    name,
    kind: "qdrant",
    period: "hourly",
    backup: {
      ...common,
      script: "qdrant-backup.py",
      environment: {
        QDRANT_MEMBERS: members.join(" "),
        QDRANT_API_KEY: { secret: store.credentials, key: "api-key" },
      },
      calls: [http],
      resources: { cpu: "50m", memory: "256Mi", cpuLimit: "500m" },
      workspace: storageTimes(storage, 1),
    },
    check: {
      ...common,
      script: "qdrant-check.py",
      environment: { QDRANT_SERVERS: servers.map(({ url }) => url).join(" ") },
      servers: servers.map(({ server }) => server),
      resources: { cpu: "200m", memory, cpuLimit: "2" },
      // The snapshots of all members; the same as they are uploaded, and what is unpacked from them.
      workspace: storageTimes(storage, 3 * members.length),
    },
  };
}

/**
 * A member of the cluster that snapshots are restored into. All share the pod's own address, so each has ports of its own; the
 * first founds the cluster, and the others join it.
 */
function throwAwayMember(
  index: number,
  members: number,
): { readonly url: string; readonly server: ThrowAwayServer } {
  const [{ image }] = charts.qdrant.images;
  const httpPort = 6333 + 10 * index;
  const peerPort = 6335 + 10 * index;
  const peer = (port: number) => `http://127.0.0.1:${port}`;
  const folder = `/workspace/server-${index}`;
  return {
    url: peer(httpPort),
    server: {
      name: `server-${index}`,
      image: `${image}-unprivileged`,
      user,
      ...(members > 1 && {
        args: ["./entrypoint.sh", "--uri", peer(peerPort), ...(index > 0 ? ["--bootstrap", peer(6335)] : [])],
      }),
      environment: {
        ...(members > 1 && {
          QDRANT__CLUSTER__ENABLED: "true",
          QDRANT__CLUSTER__P2P__PORT: String(peerPort),
        }),
        QDRANT__SERVICE__HOST: "127.0.0.1",
        QDRANT__SERVICE__HTTP_PORT: String(httpPort),
        QDRANT__SERVICE__GRPC_PORT: String(6334 + 10 * index),
        QDRANT__STORAGE__STORAGE_PATH: `${folder}/storage`,
        QDRANT__STORAGE__SNAPSHOTS_PATH: `${folder}/snapshots`,
        QDRANT__STORAGE__TEMP_PATH: `${folder}/temporary`,
        QDRANT__TELEMETRY_DISABLED: "true",
        QDRANT_INIT_FILE_PATH: `${folder}/.qdrant-initialized`,
      },
    },
  };
}
