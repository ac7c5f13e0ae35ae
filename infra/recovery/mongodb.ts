import type { MongoDb } from "../data/mongodb";
import { mongodbBackupUser } from "../data/mongodb";
import { replicas } from "../kit/site";
import { type RecoverableStore, storageTimes } from "./recoverable-store";
import { recoverySoftware } from "./software";

/** The user and group of the image's MongoDB. */
const user = 999;

/** A MongoDB replica set: every hour a dump of one moment, by a user that may do nothing else. (R1, 003) */
export function recoverableMongodb(store: MongoDb): RecoverableStore {
  const { site, replicaSet, sizes } = store.args;
  const { storage, memory } = sizes[site.environment];
  const { members } = store.endpoints;
  const hosts = Array.from(
    { length: replicas(site, 3) },
    (_, index) => `${replicaSet}-${index}.${members.host}.cluster.local:${members.port}`,
  );
  const common = { image: recoverySoftware.mongo.image, user };
  return {
    name: replicaSet,
    kind: "mongodb",
    period: "hourly",
    backup: {
      ...common,
      script: "mongodb-backup.sh",
      environment: {
        MONGODB_HOSTS: `${replicaSet}/${hosts.join(",")}`,
        MONGODB_USER: mongodbBackupUser.name,
        MONGODB_PASSWORD: { secret: store.credentials, key: mongodbBackupUser.passwordKey },
        MONGODB_AUTHORITY: "/secrets/ca.crt",
      },
      files: { secretName: store.authority, keys: ["ca.crt"] },
      calls: [members],
      resources: { cpu: "100m", memory: "512Mi", cpuLimit: "1" },
      workspace: storageTimes(storage, 1),
    },
    check: {
      ...common,
      script: "mongodb-check.sh",
      resources: { cpu: "200m", memory, cpuLimit: "2" },
      workspace: storageTimes(storage, 2),
    },
  };
}
