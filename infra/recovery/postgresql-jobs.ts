import { postgresqlSoftware } from "../data/postgresql";
import type { RecoverableStore } from "./recoverable-store";

type Task = RecoverableStore["backup"];

/** What differs between the databases: where they are, how often they are backed up, and how much room that takes. */
interface PostgreSqlJobs extends Pick<RecoverableStore, "name" | "period"> {
  readonly backup: Omit<Task, "image" | "user" | "script" | "resources">;
  readonly check: Omit<Task, "image" | "user" | "script">;
}

/** The jobs of a PostgreSQL, with the scripts and the software that all of them share. */
export function postgresqlJobs({ name, period, backup, check }: PostgreSqlJobs): RecoverableStore {
  const { image, user } = postgresqlSoftware;
  return {
    name,
    kind: "postgresql",
    period,
    backup: {
      image,
      user,
      script: "postgresql-backup.sh",
      resources: { cpu: "100m", memory: "512Mi", cpuLimit: "1" },
      ...backup,
    },
    check: { image, user, script: "postgresql-check.sh", ...check },
  };
}
