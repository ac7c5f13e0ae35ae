import { DatabasePostgresqlV2 } from "@pulumi/linode/databasePostgresqlV2";
import * as pulumi from "@pulumi/pulumi";
import { type LinodeDatabaseConfig, weekdays } from "../config/linode-databases";

/** How long Linode may take for maintenance, hours; it knows no other. */
const maintenanceHours = 4;

/** How to reach a database. */
export interface DatabaseOutputs {
  readonly host: pulumi.Output<string>;
  /** Host of the replicas, for reading only. */
  readonly readOnlyHost: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** A secret. */
  readonly username: pulumi.Output<string>;
  /** A secret. */
  readonly password: pulumi.Output<string>;
  /** The authority that signed the server's certificate, in PEM. A secret, as the provider has it. */
  readonly certificateAuthority: pulumi.Output<string>;
}

/** Arguments of {@link LinodeDatabase}. */
export interface LinodeDatabaseArgs {
  readonly config: LinodeDatabaseConfig;
  /** Region, for example `fr-par`. */
  readonly region: string;
  /** Whether the database is protected from deletion, and kept when the stack forgets it. */
  readonly protectData: boolean;
}

/**
 * A managed PostgreSQL cluster of one service: encrypted disks, TLS, daily backups and failover by Linode (C12). Who may
 * connect is a list of address ranges, empty by default.
 */
export class LinodeDatabase extends pulumi.ComponentResource {
  readonly connection: DatabaseOutputs;

  constructor(name: string, args: LinodeDatabaseArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:linode:Database", name, {}, options);
    const { config, region, protectData } = args;

    const database = new DatabasePostgresqlV2(
      `${name}-postgresql`,
      {
        label: config.label,
        engineId: `postgresql/${config.version}`,
        region,
        type: config.plan,
        clusterSize: config.nodes,
        allowLists: config.clientCidrs,
        engineConfigPgPasswordEncryption: "scram-sha-256",
        updates: {
          frequency: "weekly",
          dayOfWeek: weekdays.indexOf(config.maintenance.day) + 1,
          hourOfDay: config.maintenance.hour,
          duration: maintenanceHours,
        },
      },
      { parent: this, protect: protectData, retainOnDelete: protectData },
    );

    this.connection = {
      host: database.hostPrimary,
      readOnlyHost: database.hostSecondary,
      port: database.port,
      username: pulumi.secret(database.rootUsername),
      password: pulumi.secret(database.rootPassword),
      certificateAuthority: pulumi.secret(database.caCert),
    };
    this.registerOutputs({ connection: this.connection });
  }
}
