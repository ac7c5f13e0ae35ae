import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Secret } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { memoryMib } from "../../primitives/quantity";
import { archiveFolder } from "../cluster/backup-folders";
import type { Bucket } from "../cluster/cluster";
import { imageReference } from "../kit/mirror";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { checksumSettings } from "../kit/object-storage-checksums";
import { dataNodeAffinity, memberTopology } from "../kit/placement";
import { podMonitorJob } from "../kit/pod-monitor";
import { childOptions, replicas, type Site } from "../kit/site";
import { resources } from "../kit/values";
import { apiServer, cloudServices, type Pods, pods } from "../network/edge";
import { instancePorts, postgresqlOperator } from "../platform/postgresql-operator";
import type { SecretReference } from "../secrets/secret-bundles";
import { disruptionBudget } from "./disruption-budget";
import { type StoreSizes, storeResources } from "./size";
import { statementParameters, statementTimes } from "./statement-times";
import type { BackupSchedule, DataStore, Endpoint } from "./store";

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

/** Arguments of {@link PostgreSql}. */
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

/**
 * Both are in TimescaleDB's own image. 000 and 003 name its images, with compression and continuous aggregates, which the
 * Apache edition that CloudNativePG packages does not have; CloudNativePG's own chart runs this very image, and tests
 * backup and recovery with it. (P11, D4)
 */
export const postgresqlSoftware = {
  image: "docker.io/timescale/timescaledb-ha:pg17.11-ts2.30.1",
  /** The user and group of the image's PostgreSQL. */
  user: 1000,
} as const;
const majorVersion = 17;

const pgBouncerImage = "ghcr.io/cloudnative-pg/pgbouncer:1.25.1";

const apiVersion = "postgresql.cnpg.io/v1";
const pgBouncerPort = 5432;
const pgBouncerPortName = "pgbouncer";
const metricsPorts = { instance: 9187, pooler: 9127 } as const;
const plugin = "barman-cloud.cloudnative-pg.io";

/**
 * Daily base backups, and every segment of the log between them, so that any moment of the last 30 days can
 * be restored. (R1)
 */
const backups: BackupSchedule = { schedule: "0 2 * * *", retentionDays: 30 };

/** The most that is lost with a whole cluster: after so long a segment of the log is archived even if it is not full. (001) */
const archiveTimeout = "5min";

/** The volume for the log in production: apart from the data, so that a full one never stops the other. */
const logVolume = "20Gi";

/**
 * A PostgreSQL cluster: a primary with synchronous standbys in other zones, connections through PgBouncer
 * over TLS, and where there is a bucket an archive from which any moment of the last 30 days can be restored.
 * (P11, C12, R1)
 *
 * Only the bucket's lifecycle deletes objects of the archive: an intruder in a database cannot destroy its
 * backups.
 */
export class PostgreSql extends pulumi.ComponentResource implements DataStore {
  /**
   * `pooled` is for services: a connection is theirs for the length of a transaction. `primary` and `readers` are for what
   * needs a session of its own, such as dumps and migrations.
   */
  readonly endpoints: { readonly pooled: Endpoint; readonly primary: Endpoint; readonly readers: Endpoint };
  readonly credentials: SecretReference;
  readonly resource: pulumi.Resource;
  /** Where the archive is in the bucket of backups; undefined where there is none. */
  readonly archive: pulumi.Output<string> | undefined;
  /** How services connect. A secret. */
  readonly connectionString: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    readonly args: PostgreSqlArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:data:PostgreSql", name, {}, options);
    const { site, namespace, clusterName, database, owner, bundle, pooler } = args;
    const pooled = poolerPods(namespace, pooler.name);
    const instances = instancePods(namespace, clusterName);

    this.endpoints = {
      pooled: {
        host: `${pooler.name}.${namespace}.svc`,
        port: pooler.port ?? pgBouncerPort,
        tls: true,
        pods: pooled,
        podPort: pgBouncerPort,
      },
      primary: this.instanceEndpoint("rw", instances),
      readers: this.instanceEndpoint("ro", instances),
    };
    const { host, port } = this.endpoints.pooled;
    const password = site.secrets.value(namespace, bundle, "password");
    this.connectionString = pulumi.secret(
      pulumi.interpolate`postgresql://${owner}:${password}@${host}:${port}/${database}?sslmode=require`,
    );
    this.credentials = site.secrets.provide(namespace, bundle, {
      username: owner,
      url: this.connectionString,
    });

    const objectStore = this.createArchive();
    const server = objectStore && this.nameIncarnation();
    this.archive = server && pulumi.interpolate`${this.archiveFolder}/${server}`;
    this.resource = this.createCluster(objectStore, server);
    this.createPooler();
    if (objectStore !== undefined) this.scheduleBackups();
    this.monitor(instances, pooled);
    this.declareNetwork(instances, pooled);
    this.registerOutputs();
  }

  private get instances(): number {
    return replicas(this.args.site, 3);
  }

  private instanceEndpoint(role: "rw" | "ro", instances: Pods): Endpoint {
    const { namespace, clusterName } = this.args;
    return {
      host: `${clusterName}-${role}.${namespace}.svc`,
      port: instancePorts.postgresql,
      tls: true,
      pods: instances,
    };
  }

  /** The bucket's folder with the archives of all clusters that have had this one's name. */
  private get archiveFolder(): string {
    return `${archiveFolder(this.args.namespace)}/${this.args.clusterName}`;
  }

  /**
   * The folder of this very cluster's archive: one that is made again finds the archive of the one before in its own folder,
   * and would archive nothing there.
   */
  private nameIncarnation(): pulumi.Output<string> {
    const { site, namespace, clusterName } = this.args;
    const incarnation = site.secrets.incarnation(
      `${this.name}-incarnation`,
      { namespace, clusterName },
      this,
    );
    return pulumi.interpolate`${clusterName}-${incarnation}`;
  }

  private createCluster(
    archive: pulumi.Resource | undefined,
    serverName: pulumi.Output<string> | undefined,
  ): pulumi.Resource {
    const { site, namespace, clusterName, database, owner, timescale, primaryService } = this.args;
    const size = this.args.sizes[site.environment];
    const catalogue = new CustomResource(
      `${this.name}-images`,
      {
        apiVersion,
        kind: "ImageCatalog",
        metadata: { name: clusterName, namespace },
        spec: {
          images: [
            { major: majorVersion, image: imageReference(postgresqlSoftware.image, site.settings.mirror) },
          ],
        },
      },
      childOptions(this, site, namespace),
    );
    const statements = statementTimes(`${this.name}-statement-times`, { site, namespace, clusterName }, this);
    return new CustomResource(
      `${this.name}-cluster`,
      {
        apiVersion,
        kind: "Cluster",
        metadata: { name: clusterName, namespace },
        spec: {
          instances: this.instances,
          // The image's tags do not begin with PostgreSQL's version, as the operator wants it; a catalogue tells it.
          imageCatalogRef: {
            apiGroup: "postgresql.cnpg.io",
            kind: "ImageCatalog",
            name: clusterName,
            major: majorVersion,
          },
          postgresUID: postgresqlSoftware.user,
          postgresGID: postgresqlSoftware.user,
          bootstrap: {
            initdb: {
              database,
              owner,
              secret: { name: this.credentials.name },
              dataChecksums: true,
              ...(timescale && {
                postInitApplicationSQL: ["CREATE EXTENSION IF NOT EXISTS timescaledb"],
              }),
            },
          },
          enableSuperuserAccess: false,
          monitoring: statements.monitoring,
          enablePDB: this.instances > 1,
          priorityClassName: "data-store",
          resources: storeResources(size),
          storage: { size: size.storage, storageClass: "fast-ssd" },
          ...(site.environment === "production" && {
            walStorage: { size: logVolume, storageClass: "fast-ssd" },
          }),
          affinity: {
            enablePodAntiAffinity: true,
            podAntiAffinityType: "required",
            topologyKey: memberTopology(site.cluster, this.instances),
            nodeAffinity: dataNodeAffinity,
          },
          postgresql: {
            ...(timescale && { shared_preload_libraries: ["timescaledb"] }),
            parameters: {
              archive_timeout: archiveTimeout,
              ...statementParameters,
              shared_buffers: `${memoryMib(size.memory) / 4}MB`,
              ...(timescale && {
                // TimescaleDB locks every chunk that a query touches.
                max_locks_per_transaction: "128",
                "timescaledb.telemetry_level": "off",
              }),
            },
            // A commit is on two instances before it is confirmed: no failover loses it.
            ...(this.instances > 1 && {
              synchronous: { method: "any", number: 1, dataDurability: "required", failoverQuorum: true },
            }),
          },
          ...(primaryService !== undefined && {
            managed: {
              services: {
                additional: [
                  {
                    selectorType: "rw",
                    serviceTemplate: { metadata: { name: primaryService }, spec: { type: "ClusterIP" } },
                  },
                ],
              },
            },
          }),
          ...(archive !== undefined &&
            serverName !== undefined && {
              plugins: [
                {
                  name: plugin,
                  isWALArchiver: true,
                  parameters: { barmanObjectName: clusterName, serverName },
                },
              ],
            }),
        },
      },
      {
        ...childOptions(this, site, namespace, catalogue, archive, this.credentials.resource, statements.map),
        protect: site.protectData,
        retainOnDelete: site.protectData,
      },
    );
  }

  private createPooler(): void {
    const { site, namespace, clusterName, pooler } = this.args;
    const instances = replicas(site, 2);
    const labels = { ...this.endpoints.pooled.pods.labels };
    new CustomResource(
      `${this.name}-pooler`,
      {
        apiVersion,
        kind: "Pooler",
        metadata: { name: pooler.name, namespace },
        spec: {
          cluster: { name: clusterName },
          type: "rw",
          instances,
          pgbouncer: {
            image: imageReference(pgBouncerImage, site.settings.mirror),
            poolMode: "transaction",
            parameters: {
              // The instances take no other. What clients speak, the operator does not let one say. (001)
              server_tls_protocols: "tlsv1.3",
              max_client_conn: "1000",
              default_pool_size: "20",
              // Lets clients prepare statements although they do not keep their connection.
              max_prepared_statements: "200",
            },
          },
          serviceTemplate: {
            spec: {
              type: "ClusterIP",
              ports: [
                {
                  name: pgBouncerPortName,
                  port: this.endpoints.pooled.port,
                  targetPort: pgBouncerPortName,
                  protocol: "TCP",
                },
              ],
            },
          },
          template: {
            metadata: { labels },
            spec: {
              priorityClassName: "data-store",
              affinity: {
                podAntiAffinity: {
                  preferredDuringSchedulingIgnoredDuringExecution: [
                    {
                      weight: 100,
                      podAffinityTerm: {
                        labelSelector: { matchLabels: labels },
                        topologyKey: memberTopology(site.cluster, instances),
                      },
                    },
                  ],
                },
              },
              containers: [
                { name: "pgbouncer", resources: resources({ cpu: "25m", memory: "64Mi", cpuLimit: "500m" }) },
              ],
            },
          },
        },
      },
      childOptions(this, site, namespace, this.resource),
    );
    if (instances > 1) {
      disruptionBudget(
        `${this.name}-pooler-budget`,
        { site, pods: this.endpoints.pooled.pods, allowed: { maxUnavailable: 1 } },
        this,
      );
    }
  }

  /** Where the log and the base backups go; undefined where the cluster has no bucket for them. */
  private createArchive(): pulumi.Resource | undefined {
    const { site, namespace, clusterName } = this.args;
    const bucket = site.cluster.buckets.backups;
    if (bucket === undefined) return undefined;
    const key = this.createBucketKey(bucket);
    return new CustomResource(
      `${this.name}-archive`,
      {
        apiVersion: "barmancloud.cnpg.io/v1",
        kind: "ObjectStore",
        metadata: { name: clusterName, namespace },
        spec: {
          configuration: {
            destinationPath: pulumi.interpolate`s3://${bucket.name}/${this.archiveFolder}`,
            ...(bucket.endpoint !== undefined && { endpointURL: bucket.endpoint }),
            s3Credentials:
              key === undefined
                ? { inheritFromIAMRole: true }
                : {
                    accessKeyId: { name: key.metadata.name, key: "accessKey" },
                    secretAccessKey: { name: key.metadata.name, key: "secretKey" },
                  },
            wal: { compression: "gzip" },
            data: { compression: "gzip" },
          },
          instanceSidecarConfiguration: {
            resources: resources({ cpu: "25m", memory: "256Mi", cpuLimit: "1" }),
            ...(bucket.endpoint !== undefined && {
              env: Object.entries(checksumSettings(bucket)).map(([name, value]) => ({ name, value })),
            }),
          },
        },
      },
      childOptions(this, site, namespace, key),
    );
  }

  /** What opens the bucket; undefined where the pods' own identity does. */
  private createBucketKey({ key }: Bucket): Secret | undefined {
    if (key === undefined) return undefined;
    const { site, namespace, clusterName } = this.args;
    return new Secret(
      `${this.name}-archive-key`,
      {
        metadata: { name: `${clusterName}-archive-key`, namespace },
        stringData: { accessKey: pulumi.secret(key.accessKey), secretKey: pulumi.secret(key.secretKey) },
      },
      childOptions(this, site, namespace),
    );
  }

  private scheduleBackups(): void {
    const { site, namespace, clusterName } = this.args;
    new CustomResource(
      `${this.name}-backups`,
      {
        apiVersion,
        kind: "ScheduledBackup",
        metadata: { name: clusterName, namespace },
        spec: {
          cluster: { name: clusterName },
          // The operator's schedules begin with seconds.
          schedule: `0 ${backups.schedule}`,
          immediate: true,
          backupOwnerReference: "cluster",
          method: "plugin",
          pluginConfiguration: { name: plugin },
        },
      },
      childOptions(this, site, namespace, this.resource),
    );
  }

  private monitor(instances: Pods, pooler: Pods): void {
    const { site, namespace } = this.args;
    allowScraping(site, instances, metricsPorts.instance);
    allowScraping(site, pooler, metricsPorts.pooler);
    if (!hasMonitors(site)) return;
    site.watched.push({
      namespace,
      store: instances.name,
      job: podMonitorJob(namespace, instances.name),
      members: this.instances,
    });
    for (const target of [instances, pooler]) {
      new CustomResource(
        `${this.name}-monitor-${target.name}`,
        {
          apiVersion: "monitoring.coreos.com/v1",
          kind: "PodMonitor",
          metadata: { name: target.name, namespace },
          spec: {
            selector: { matchLabels: { ...target.labels } },
            podMetricsEndpoints: [{ port: "metrics" }],
          },
        },
        childOptions(this, site, namespace, site.monitorDefinitions),
      );
    }
  }

  private declareNetwork(instances: Pods, pooler: Pods): void {
    const { network, cluster } = this.args.site;
    network.allow(postgresqlOperator, instances, ...Object.values(instancePorts));
    network.allow(instances, instances, ...Object.values(instancePorts));
    network.allow(instances, apiServer);
    network.allow(pooler, instances, instancePorts.postgresql);
    network.allow(pooler, apiServer);
    const bucket = cluster.buckets.backups;
    if (bucket !== undefined) network.allow(instances, cloudServices(...bucket.hosts), 443);
  }
}

/** A cluster's instances, and the jobs that set them up. */
function instancePods(namespace: string, clusterName: string): Pods {
  return pods(namespace, `${clusterName}-postgresql`, {
    "cnpg.io/cluster": clusterName,
    "app.kubernetes.io/component": "database",
  });
}

function poolerPods(namespace: string, pooler: string): Pods {
  return pods(namespace, pooler, { "cnpg.io/poolerName": pooler });
}
