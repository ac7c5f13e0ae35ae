import type { Site } from "../kit/site";
import type { StoreSizes } from "./size";

/** The API of CloudNativePG. */
export const apiVersion = "postgresql.cnpg.io/v1";

/** The pool of connections through which services reach a database. */
export interface PoolerArgs {
  /** Name of the pooler and of its Service. */
  readonly name: string;
  /**
   * Port of the Service.
   * @default 5432
   */
  readonly port?: number;
}

/** Arguments of `PostgreSql`. */
export interface PostgreSqlArgs {
  readonly site: Site;
  readonly namespace: string;
  /** Name of the cluster, from which the operator makes those of its Services: `NAME-rw`, `NAME-ro`, `NAME-r`. */
  readonly clusterName: string;
  /** The database that is made. */
  readonly database: string;
  /** The role that owns it, and that services use. */
  readonly owner: string;
  /** The bundle with the owner's `username`, `password` and `url`. */
  readonly bundle: string;
  /** Whether the database has TimescaleDB. (P11) */
  readonly timescale: boolean;
  readonly pooler: PoolerArgs;
  /**
   * Name of one more Service that leads to the primary.
   * @default none
   */
  readonly primaryService?: string;
  /** What each instance gets. */
  readonly sizes: StoreSizes;
}
