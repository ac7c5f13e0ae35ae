import * as pulumi from "@pulumi/pulumi";
import type { ManagedDatabase } from "../../infra/cluster/cluster";
import { PostgreSql } from "../../infra/data/postgresql";
import type { Site } from "../../infra/kit/site";
import type { SecretReference } from "../../infra/secrets/secret-bundles";
import { namespaceIn } from "./namespaces";

/** Where the users and organizations of AIaaS are kept. */
export interface UserOrganizationDatabase {
  /** The Secret whose key `url` says how to connect. */
  readonly credentials: SecretReference;
  /** The database in the cluster; undefined where the cloud runs it. */
  readonly inCluster?: PostgreSql;
  /** The database that the cloud runs; undefined where it is in the cluster. */
  readonly managed?: ManagedDatabase;
}

/** The service's entry in `clusters.linode.databases`. (C12) */
const service = "user-organization";

/** The database that Linode makes with every managed cluster. */
export const managedDatabaseName = "defaultdb";

/**
 * The users and organizations of AIaaS: in the managed PostgreSQL that the stack has for them, else in a small cluster of
 * their own. Either way the service finds it by the same Secret. (C12, 002)
 */
export function createUserOrganizationDatabase(
  site: Site,
  options: pulumi.ComponentResourceOptions,
): UserOrganizationDatabase {
  const namespace = namespaceIn(site.environment);
  const provide = (url: pulumi.Output<string>): SecretReference =>
    site.secrets.provide(namespace, "user-organization-database", { url });
  const managed = site.cluster.databases?.[service];
  if (managed !== undefined) return { credentials: provide(connectionString(managed)), managed };
  const inCluster = new PostgreSql(
    `aiaas-${service}`,
    {
      site,
      namespace,
      clusterName: service,
      pooler: { name: `${service}-database` },
      database: "user_organization",
      owner: "user_organization",
      bundle: "user-organization-postgresql",
      timescale: false,
      sizes: {
        production: { cpu: "500m", cpuLimit: "2000m", memory: "2Gi", memoryLimit: "4Gi", storage: "50Gi" },
        staging: { cpu: "50m", cpuLimit: "500m", memory: "256Mi", memoryLimit: "512Mi", storage: "10Gi" },
        development: { cpu: "50m", cpuLimit: "500m", memory: "256Mi", memoryLimit: "512Mi", storage: "2Gi" },
      },
    },
    options,
  );
  return { credentials: provide(inCluster.connectionString), inCluster };
}

function connectionString({ host, port, username, password }: ManagedDatabase): pulumi.Output<string> {
  const user = pulumi
    .all([username, password])
    .apply((parts) => parts.map((part) => encodeURIComponent(part)).join(":"));
  return pulumi.secret(
    pulumi.interpolate`postgresql://${user}@${host}:${port}/${managedDatabaseName}?sslmode=require`,
  );
}
