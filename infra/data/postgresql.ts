import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { memoryMib } from "../../primitives/quantity";
import { imageReference } from "../kit/mirror";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { dataNodeAffinity, memberTopology } from "../kit/placement";
import { podMonitorJob } from "../kit/pod-monitor";
import { childOptions, replicas } from "../kit/site";
import { apiServer, cloudServices, type Pods, pods } from "../network/edge";
import { instancePorts, postgresqlOperator } from "../platform/postgresql-operator";
import type { SecretReference } from "../secrets/secret-bundles";
import { archiveOf, archivePlugin, createArchive, scheduleBackups } from "./postgresql-archive";
import { apiVersion, type PostgreSqlArgs } from "./postgresql-args";
import { createPooler, pgBouncerPort, poolerPods } from "./postgresql-pooler";
import { storeResources } from "./size";
import { statementParameters, statementTimes } from "./statement-times";
import type { DataStore, Endpoint } from "./store";

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

const metricsPorts = { instance: 9187, pooler: 9127 } as const;

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

    const objectStore = createArchive(name, args, this);
    const server = objectStore && this.nameIncarnation();
    this.archive = server && pulumi.interpolate`${archiveOf(args)}/${server}`;
    this.resource = this.createCluster(objectStore, server);
    createPooler(name, { args, endpoint: this.endpoints.pooled, cluster: this.resource }, this);
    if (objectStore !== undefined) scheduleBackups(name, args, this.resource, this);
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

  /**
   * The folder of this cluster's archive. A cluster that is created again needs a new one: it would archive nothing into a
   * folder that has an archive already.
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
                  name: archivePlugin,
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
