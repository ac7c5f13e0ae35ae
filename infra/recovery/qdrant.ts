import type { Qdrant } from "../data/qdrant";
import { charts } from "../platform/charts";
import { replicas } from "../platform/site";
import { type RecoverableStore, storageTimes } from "./recoverable-store";
import { recoverySoftware } from "./software";

const user = 1000;

/**
 * A Qdrant cluster: every day the snapshots that each member makes of its shards. They are restored together into one server
 * of the same version. (R1, 000)
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
  const [{ image: serverImage }] = charts.qdrant.images;
  return {
    name,
    kind: "qdrant",
    period: "daily",
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
      environment: { QDRANT_SERVER: "http://127.0.0.1:6333" },
      server: {
        image: `${serverImage}-unprivileged`,
        user,
        environment: {
          QDRANT__SERVICE__HOST: "127.0.0.1",
          QDRANT__STORAGE__STORAGE_PATH: "/workspace/server/storage",
          QDRANT__STORAGE__SNAPSHOTS_PATH: "/workspace/server/snapshots",
          QDRANT__STORAGE__TEMP_PATH: "/workspace/server/temporary",
          QDRANT__TELEMETRY_DISABLED: "true",
          QDRANT_INIT_FILE_PATH: "/workspace/.qdrant-initialized",
        },
      },
      resources: { cpu: "200m", memory, cpuLimit: "2" },
      // The snapshots, the same as they are uploaded, and what is unpacked from them.
      workspace: storageTimes(storage, 3),
    },
  };
}
