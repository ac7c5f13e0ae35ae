import { ConfigMap, Secret } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Bucket, StorageClassName } from "../cluster/cluster";
import { helmRelease } from "../kit/helm-release";
import { imageReference } from "../kit/mirror";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { childOptions, type Site } from "../kit/site";
import { resources, restrictedContainer, restrictedPod, type Values } from "../kit/values";
import { apiServer, cloudServices, pods } from "../network/edge";
import { charts } from "./charts";
import { veleroObjectStorePlugin } from "./charts/delivery";

/** Arguments of {@link Backup}. */
export interface BackupArgs {
  readonly site: Site;
  /** Where backups go, below `velero/`. */
  readonly bucket: Bucket;
}

const namespace = "velero";
const metricsPort = 8085;

/** Folder of the bucket that is Velero's: its identity may delete nowhere else. */
const folder = "velero";

/** Both by the seeds: daily at 02:00 UTC, for 30 days. (000, R1) */
const schedule = "0 2 * * *";
const retention = "720h";

/**
 * Velero: every day it saves all objects of the cluster to the bucket, including Secrets, because generated
 * ones exist nowhere else; the bucket is private and encrypted. It takes snapshots where the cluster's
 * volumes support them; elsewhere the data stores' own backups are restored, and no agent has to read the
 * nodes' disks. Shared volumes do not support them either, which would be an error in every backup: they are
 * left to their cloud's backups. (P15, C9)
 */
export class Backup extends pulumi.ComponentResource {
  constructor(name: string, { site, bucket }: BackupArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Backup", name, {}, options);
    const credentials = this.provideCredentials(name, site, bucket);
    const snapshots = site.cluster.storage.snapshots !== undefined;
    const leftOut = snapshots ? this.leaveOutShared(name, site) : undefined;
    helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.velero,
        namespace,
        values: {
          ...podValues(site),
          // Its definitions are resources of this program.
          upgradeCRDs: false,
          deployNodeAgent: false,
          // Of the plugin's own kind of snapshots; the CSI driver's need no location.
          snapshotsEnabled: false,
          credentials: credentials
            ? { useSecret: true, existingSecret: credentials.metadata.name }
            : { useSecret: false },
          configuration: {
            ...(snapshots && { features: "EnableCSI" }),
            backupStorageLocation: [
              {
                name: "default",
                default: true,
                provider: "aws",
                bucket: bucket.name,
                prefix: folder,
                config: locationConfig(bucket),
              },
            ],
          },
          schedules: {
            daily: {
              schedule,
              template: {
                ttl: retention,
                includedNamespaces: ["*"],
                includeClusterResources: true,
                snapshotVolumes: snapshots,
                storageLocation: "default",
                ...(leftOut && { resourcePolicy: { kind: "configmap", name: leftOut.metadata.name } }),
              },
            },
          },
          metrics: { serviceMonitor: { autodetect: false, enabled: hasMonitors(site) } },
        },
      },
      this,
      credentials,
      leftOut,
      site.monitorDefinitions,
    );
    const velero = pods(namespace, "velero", { "app.kubernetes.io/name": "velero" });
    site.network.allow(velero, apiServer);
    site.network.allow(velero, cloudServices(...bucket.hosts), 443);
    allowScraping(site, velero, metricsPort);
    this.registerOutputs();
  }

  /** Says which volumes get no snapshot; undefined where all have some. */
  private leaveOutShared(name: string, site: Site): ConfigMap | undefined {
    if (site.cluster.storage.shared === undefined) return undefined;
    const shared: StorageClassName = "shared";
    const policy = {
      version: "v1",
      volumePolicies: [{ conditions: { storageClass: [shared] }, action: { type: "skip" } }],
    };
    return new ConfigMap(
      `${name}-volumes`,
      { metadata: { name: "volume-policies", namespace }, data: { "policies.yaml": JSON.stringify(policy) } },
      childOptions(this, site, namespace),
    );
  }

  /**
   * What opens the bucket, as the plugin reads it, and the key that its store encrypts with; undefined where the pod's own
   * identity opens a bucket that has a key of its own.
   */
  private provideCredentials(name: string, site: Site, { key }: Bucket): Secret | undefined {
    if (key === undefined) return undefined;
    const cloud = pulumi.interpolate`[default]\naws_access_key_id=${key.accessKey}\naws_secret_access_key=${key.secretKey}\n`;
    return new Secret(
      `${name}-key`,
      {
        metadata: { name: "velero-bucket", namespace },
        stringData: {
          cloud: pulumi.secret(cloud),
          "customer-key": site.secrets.value(namespace, "velero-encryption", "customer-key"),
        },
      },
      childOptions(this, site, namespace),
    );
  }
}

/**
 * Other stores than Amazon's do not know the checksums that its client sends by default. Linode's encrypts with the key that
 * comes with each request, and keeps none. (SSE-C)
 */
function locationConfig({ region, endpoint }: Bucket): Values {
  return endpoint === undefined
    ? { region }
    : {
        region,
        s3Url: endpoint,
        s3ForcePathStyle: "true",
        checksumAlgorithm: "",
        customerKeyEncryptionFile: "/credentials/customer-key",
      };
}

function podValues({ environment, settings }: Site): Values {
  const size = resources(
    environment === "production"
      ? { cpu: "100m", memory: "1Gi", cpuLimit: "1" }
      : { cpu: "20m", memory: "256Mi" },
  );
  const user = { ...restrictedPod, runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532 };
  return {
    resources: size,
    priorityClassName: "platform-critical",
    podSecurityContext: user,
    containerSecurityContext: restrictedContainer,
    initContainers: [
      {
        name: "velero-plugin-for-aws",
        image: imageReference(veleroObjectStorePlugin, settings.mirror),
        resources: resources({ cpu: "10m", memory: "64Mi", cpuLimit: "200m" }),
        securityContext: restrictedContainer,
        volumeMounts: [{ mountPath: "/target", name: "plugins" }],
      },
    ],
  };
}
