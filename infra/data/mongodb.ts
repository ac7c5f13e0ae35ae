import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import type { StorageClassName } from "../cluster/cluster";
import { imageReference } from "../kit/mirror";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { memberAffinity } from "../kit/placement";
import { childOptions, replicas, type Site } from "../kit/site";
import { resources, restrictedContainer, restrictedPod } from "../kit/values";
import { apiServer, type Pods, pods } from "../network/edge";
import type { SecretReference } from "../secrets/secret-bundles";
import { disruptionBudget } from "./disruption-budget";
import { MemberCertificates } from "./member-certificates";
import { type StoreSizes, storeResources } from "./size";
import type { DataStore, Endpoint } from "./store";

/** Arguments of {@link MongoDb}. */
export interface MongoDbArgs {
  readonly site: Site;
  /** One of the namespaces that the operator watches. */
  readonly namespace: string;
  /** Name of the replica set, from which the operator makes its Service's: `NAME-svc`. */
  readonly replicaSet: string;
  /** The database that the connection string names. */
  readonly database: string;
  /** The user that services use; it may read and write every database, as 003 has it. */
  readonly user: string;
  /**
   * The bundle with the user's `password`, `metrics-username` and `metrics-password` for Prometheus, and `backup-password`.
   */
  readonly bundle: string;
  /** What each member gets. */
  readonly sizes: StoreSizes;
}

/** 8.0 is the release that is supported longest; the ones after it come and go with the quarter. (003, D4) */
const version = "8.0.32";
const image = `quay.io/mongodb/mongodb-community-server:${version}-ubi9`;

const port = 27017;
const metricsPort = 9216;
const metricsUser = "prometheus";
/** Who makes backups, and the bundle's key with the password: it may read everything, and write nothing. (R1) */
export const mongodbBackupUser = { name: "backup", passwordKey: "backup-password" } as const;
/** The user and group of MongoDB's images. */
const imageUser = 2000;
/** The members' own log, beside what they print. */
const logVolume = "2Gi";

/** Where clients mount the key `ca.crt` of {@link MongoDb.authority}: the connection string says so. */
export const mongodbAuthorityPath = "/etc/mongodb/ca.crt";

/** A MongoDB replica set: passwords by SCRAM, TLS everywhere, one member in each zone. (P12, 003) */
export class MongoDb extends pulumi.ComponentResource implements DataStore {
  /** The Service has no address of its own: clients name its members. */
  readonly endpoints: { readonly members: Endpoint };
  readonly credentials: SecretReference;
  readonly resource: pulumi.Resource;
  /** How services connect. A secret. */
  readonly connectionString: pulumi.Output<string>;
  /** Secret whose key `ca.crt` clients need; its other keys are the members' alone. */
  readonly authority: string;

  constructor(
    private readonly name: string,
    readonly args: MongoDbArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:data:MongoDb", name, {}, options);
    const { site, namespace, replicaSet, database, user, bundle } = args;
    const service = `${replicaSet}-svc`;
    const domain = `${service}.${namespace}.svc.cluster.local`;
    const members = replicas(site, 3);
    const party = pods(namespace, replicaSet, { app: service });

    this.endpoints = {
      members: { host: `${service}.${namespace}.svc`, port, tls: true, pods: party },
    };
    const hosts = Array.from({ length: members }, (_, index) => `${replicaSet}-${index}.${domain}:${port}`);
    const password = site.secrets.value(namespace, bundle, "password");
    this.connectionString = pulumi.secret(
      pulumi.interpolate`mongodb://${user}:${password}@${hosts.join(",")}/${database}?authSource=admin&replicaSet=${replicaSet}&tls=true&tlsCAFile=${mongodbAuthorityPath}`,
    );
    this.credentials = site.secrets.provide(namespace, bundle, { "metrics-username": metricsUser });

    const certificates = new MemberCertificates(
      `${name}-certificates`,
      { site, namespace, store: replicaSet, hosts: [domain, `*.${domain}`] },
      { parent: this },
    );
    this.authority = certificates.secretName;
    this.resource = this.createReplicaSet(members, party, certificates.resource);
    if (members > 1) {
      disruptionBudget(`${name}-budget`, { site, pods: party, allowed: { maxUnavailable: 1 } }, this);
    }
    this.monitor(party);
    this.declareNetwork(party);
    this.registerOutputs();
  }

  private createReplicaSet(members: number, party: Pods, certificates: pulumi.Resource): pulumi.Resource {
    const { site, namespace, replicaSet, user } = this.args;
    const size = this.args.sizes[site.environment];
    const secret = this.credentials.name;
    const volume = (name: string, storageClassName: StorageClassName, storage: string) => ({
      metadata: { name },
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName,
        resources: { requests: { storage } },
      },
    });
    const helper = {
      resources: resources({ cpu: "10m", memory: "64Mi" }),
      securityContext: restrictedContainer,
    };
    return new CustomResource(
      `${this.name}-replica-set`,
      {
        apiVersion: "mongodbcommunity.mongodb.com/v1",
        kind: "MongoDBCommunity",
        metadata: { name: replicaSet, namespace },
        spec: {
          members,
          type: "ReplicaSet",
          version,
          security: {
            authentication: { modes: ["SCRAM"] },
            tls: {
              enabled: true,
              certificateKeySecretRef: { name: this.authority },
              caCertificateSecretRef: { name: this.authority },
            },
          },
          users: [
            {
              name: user,
              db: "admin",
              passwordSecretRef: { name: secret, key: "password" },
              roles: [{ name: "readWriteAnyDatabase", db: "admin" }],
              scramCredentialsSecretName: user,
            },
            ...(site.cluster.buckets.backups === undefined
              ? []
              : [
                  {
                    name: mongodbBackupUser.name,
                    db: "admin",
                    passwordSecretRef: { name: secret, key: mongodbBackupUser.passwordKey },
                    roles: [{ name: "backup", db: "admin" }],
                    scramCredentialsSecretName: `${replicaSet}-backup`,
                  },
                ]),
          ],
          additionalMongodConfig: {
            "storage.wiredTiger.engineConfig.journalCompressor": "zlib",
            "storage.wiredTiger.collectionConfig.blockCompressor": "snappy",
          },
          prometheus: {
            username: metricsUser,
            port: metricsPort,
            passwordSecretRef: { name: secret, key: "metrics-password" },
          },
          statefulSet: {
            spec: {
              volumeClaimTemplates: [
                volume("data-volume", "fast-ssd", size.storage),
                // So small a volume is not made with the fast class's operations a second.
                volume("logs-volume", "standard", logVolume),
              ],
              template: {
                spec: {
                  priorityClassName: "data-store",
                  affinity: memberAffinity(site.cluster, members, party.labels),
                  securityContext: { ...restrictedPod, runAsUser: imageUser, fsGroup: imageUser },
                  initContainers: [
                    { name: "mongod-posthook", ...helper },
                    { name: "mongodb-agent-readinessprobe", ...helper },
                  ],
                  containers: [
                    {
                      name: "mongod",
                      // The operator makes its own reference only of MongoDB's registry, not of a mirror.
                      image: imageReference(image, site.settings.mirror),
                      resources: storeResources(size),
                      securityContext: restrictedContainer,
                    },
                    {
                      name: "mongodb-agent",
                      resources: resources({ cpu: "25m", memory: "256Mi", cpuLimit: "500m" }),
                      securityContext: restrictedContainer,
                    },
                  ],
                },
              },
            },
          },
        },
      },
      {
        ...childOptions(this, site, namespace, certificates, this.credentials.resource),
        protect: site.protectData,
        retainOnDelete: site.protectData,
      },
    );
  }

  private monitor(party: Pods): void {
    const { site, namespace, replicaSet } = this.args;
    allowScraping(site, party, metricsPort);
    if (!hasMonitors(site)) return;
    site.watched.push({
      namespace,
      store: replicaSet,
      // A ServiceMonitor's job is called like the Service.
      job: `${replicaSet}-svc`,
      members: replicas(site, 3),
    });
    const secret = this.credentials.name;
    new CustomResource(
      `${this.name}-monitor`,
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "ServiceMonitor",
        metadata: { name: replicaSet, namespace },
        spec: {
          // The operator labels its Service like the pods behind it.
          selector: { matchLabels: { ...party.labels } },
          endpoints: [
            {
              port: "prometheus",
              basicAuth: {
                username: { name: secret, key: "metrics-username" },
                password: { name: secret, key: "metrics-password" },
              },
            },
          ],
        },
      },
      childOptions(this, site, namespace, site.monitorDefinitions),
    );
  }

  private declareNetwork(party: Pods): void {
    const { network } = this.args.site;
    network.allow(party, party, port);
    // Each member's agent reads its orders from a Secret, and reports on its pod.
    network.allow(party, apiServer);
  }
}
