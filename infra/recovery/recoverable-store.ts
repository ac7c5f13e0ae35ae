import type { Input } from "@pulumi/pulumi";
import { bytesOf } from "../../primitives/quantity";
import type { ManagedDatabase } from "../cluster/cluster";
import type { Endpoint } from "../data/store";
import type { Resources } from "../kit/values";
import type { SecretReference } from "../secrets/secret-bundles";
import type { Period } from "./periods";

/** A variable of a script: plain text, or a key of a Secret. */
export type Variable = Input<string> | { readonly secret: SecretReference; readonly key: string };

/** A server of the store's own software beside the script, or a member of a cluster of several: it shares the pod's volume `/workspace`, and goes with the pod. */
export interface ThrowAwayServer {
  /** Name of its container. */
  readonly name: string;
  /** Arguments of the image's own command. @default none */
  readonly args?: readonly string[];
  readonly image: string;
  readonly user: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** What a backup or a restore check runs. */
export interface RecoveryTask {
  /** Has the script's interpreter and the store's own programs. */
  readonly image: string;
  /** User and group of the process. */
  readonly user: number;
  /** Name of the script below `scripts`. */
  readonly script: string;
  /** What the script is told, beside what all are. */
  readonly environment?: Readonly<Record<string, Variable>>;
  /** Keys of Secrets that the script finds as files in `/secrets`. */
  readonly files?: { readonly secretName: string; readonly keys: readonly string[] };
  /** The stores that the script calls. @default none */
  readonly calls?: readonly Endpoint[];
  /** The database of the cloud's that the script calls. @default none */
  readonly managed?: ManagedDatabase;
  /** @default none */
  readonly servers?: readonly ThrowAwayServer[];
  readonly resources: Resources;
  /** The volume that the script works on, for example `20Gi`. It is made for the run, and goes with it. */
  readonly workspace: string;
}

/** A store, as it is backed up and as its backups are tried. (R1, R2) */
export interface RecoverableStore {
  /** Names the jobs and the folder of the backups; unique in the namespace. */
  readonly name: string;
  /** How often it is backed up; a daily backup is made at 02:00 UTC. (000, 001) */
  readonly period: Period;
  /** What the scripts that belong to it begin with. */
  readonly kind: "mongodb" | "models" | "postgresql" | "qdrant" | "redis";
  readonly backup: RecoveryTask;
  readonly check: RecoveryTask;
}

/** A multiple of an amount of storage such as `100Gi`. */
export function storageTimes(storage: string, factor: number): string {
  return `${(bytesOf(storage) / 2 ** 30) * factor}Gi`;
}
