import { z } from "zod";
import { postgresqlVersions } from "../../facts/linode-postgresql";
import { addressRange } from "./linode-addresses";
import { planSchema } from "./linode-node-pools";
import { entryName } from "./linode-object-storage";

/** The days of the week, in Linode's order: Monday is 1. */
export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

const databaseSchema = z
  .strictObject({
    managed: z
      .boolean()
      .describe(
        "Whether the service uses it. `true` wants nodes whose addresses `clientCidrs` can name: no pool with an autoscaler. `false` keeps the database for what it holds, while the service uses PostgreSQL in the cluster. (C12)",
      )
      .meta({ examples: [false] }),
    label: z
      .string()
      .regex(
        /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/,
        "3 to 32 lower-case letters, digits and -, starting with a letter",
      )
      .describe("The database cluster's label, unique in the Linode account. (C12)")
      .meta({ examples: ["ai-prod-users"] }),
    version: z
      .enum(postgresqlVersions)
      .default("17")
      .describe(
        "PostgreSQL's major version; Linode applies minor releases in the maintenance window. (C12, D4)",
      )
      .meta({ examples: ["17"] }),
    plan: planSchema
      .describe("The plan of each database node. Two-node clusters need a dedicated one. (C12)")
      .meta({ examples: ["g6-dedicated-2"] }),
    nodes: z
      .union([z.literal(1), z.literal(2), z.literal(3)])
      .default(3)
      .describe("Database nodes: 1 has no failover, 2 and 3 have. (C12)")
      .meta({ examples: [3] }),
    clientCidrs: z
      .array(addressRange)
      .default([])
      .describe(
        "Address ranges from which the database can be reached, over TLS only. LKE has no NAT: name the public address of each node, and change the list whenever a node is recycled. Empty: no client reaches it. (C12)",
      )
      .meta({ examples: [["203.0.113.0/24"]] }),
    maintenance: z
      .strictObject({
        day: z
          .enum(weekdays)
          .default("sunday")
          .describe("Weekday, UTC. (C12)")
          .meta({ examples: ["sunday"] }),
        hour: z
          .int()
          .min(0)
          .max(23)
          .default(3)
          .describe("Hour at which it starts, UTC. (C12)")
          .meta({ examples: [3] }),
      })
      .default({ day: "sunday", hour: 3 })
      .describe("When Linode may patch and restart the nodes, four hours a week. (C12)"),
  })
  .describe("A managed PostgreSQL cluster with daily backups. (C12)");

/** Managed PostgreSQL, one cluster for each service. */
export const databasesSchema = z
  .record(entryName, databaseSchema)
  .default({})
  .describe(
    "Managed PostgreSQL clusters, by the service that they belong to. A service without an entry has PostgreSQL in the cluster, which is the default, since autoscaled nodes cannot reach a managed one. Linode's service has no TimescaleDB: time series are kept in the Kubernetes cluster. (C12)",
  )
  .meta({
    examples: [{ "user-organization": { managed: false, label: "ai-prod-users", plan: "g6-dedicated-2" } }],
  });

export type LinodeDatabaseConfig = z.infer<typeof databaseSchema>;
