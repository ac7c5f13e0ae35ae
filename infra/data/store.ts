import type * as pulumi from "@pulumi/pulumi";
import type { Pods } from "../network/edge";
import type { SecretReference } from "../secrets/secret-bundles";

/** One address at which a data store answers. */
export interface Endpoint {
  /** Name of the Service, with its namespace: `NAME.NAMESPACE.svc`. */
  readonly host: string;
  /** Port of the Service. */
  readonly port: number;
  /** Whether clients have to speak TLS. */
  readonly tls: boolean;
  /** The pods behind the Service, and the port that they listen on: what a network edge to the store names. */
  readonly pods: Pods;
  /** @default `port` */
  readonly podPort?: number;
}

/** What every data store provides to the systems. */
export interface DataStore {
  /** Addresses, by what they are for, for example `primary`, `readers`, `plain`, `tls`. */
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  /** What clients authenticate with, and where they find connection strings. */
  readonly credentials: SecretReference;
  /** For resources that need the store to be declared. */
  readonly resource: pulumi.Resource;
}

/** How a store that has no copy of itself elsewhere is backed up. (R1) */
export interface BackupSchedule {
  /** When, as cron has it, in UTC. */
  readonly schedule: string;
  /** Days that a backup is kept. */
  readonly retentionDays: number;
}
