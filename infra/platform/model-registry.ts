import { PersistentVolumeClaim, Secret } from "@pulumi/kubernetes/core/v1";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Bucket } from "../cluster/cluster";
import { mainNamespace, type NamespaceOwner } from "../cluster/namespaces";
import type { PostgreSql } from "../data/postgresql";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { checksumSettings } from "../kit/object-storage-checksums";
import { childOptions, replicas, type Site } from "../kit/site";
import { type Resources, resources, restrictedPod, type Values } from "../kit/values";
import { cloudServices, type Pods, pods } from "../network/edge";
import { charts } from "./charts";
import { createModelRegistryDatabase } from "./model-registry-database";

/** Arguments of {@link ModelRegistry}. */
export interface ModelRegistryArgs {
  readonly site: Site;
  /** The system in whose namespace it is. */
  readonly house: NamespaceOwner;
  /** What looks after PostgreSQL. */
  readonly postgresql: pulumi.Resource;
}

/** Name and port of the Service, as the seed's clients call it. (000) */
const serviceName = "mlflow-service";
const port = 5000;

/** The service account that may use the bucket of models. */
const serviceAccount = "mlflow";

const dataFolder = "/mlflow/data";
const metricsFolder = "/mlflow/metrics";

/** The pods of the model registry in a namespace, for callers of `http://mlflow-service:5000` on port 5000. */
export function modelRegistryPods(namespace: string): Pods {
  return pods(namespace, "mlflow", {
    app: "mlflow",
    "app.kubernetes.io/instance": serviceName,
  });
}

/**
 * MLflow in the namespace of a system, where its clients look for it by its short name. Clients hand models to MLflow and
 * get them from it, so that it alone opens the bucket. It asks for no password, for the seed's clients have none to give:
 * who may call it is said by network edges, and proven by the mesh. (P7, 000)
 */
export class ModelRegistry extends pulumi.ComponentResource {
  /** Where runs and versions of models are kept. */
  readonly database: PostgreSql;

  constructor(
    name: string,
    { site, house, postgresql }: ModelRegistryArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:platform:ModelRegistry", name, {}, options);
    const namespace = mainNamespace(house, site.environment);
    this.database = createModelRegistryDatabase(
      `${name}-database`,
      { site, namespace },
      { parent: this, dependsOn: [postgresql] },
    );
    const bucket = site.cluster.buckets.models;
    // Models are on a volume where there is no bucket for them, and a volume goes to one pod at a time.
    const count = bucket === undefined ? 1 : replicas(site, 2);
    const volume = bucket === undefined ? this.createVolume(name, site, namespace) : undefined;
    const key = bucket && this.provideKey(name, site, namespace, bucket);
    const release = helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.mlflow,
        namespace,
        releaseName: serviceName,
        values: {
          ...podValues(site, count, volume),
          fullnameOverride: serviceName,
          serviceAccount: { create: true, name: serviceAccount, automount: false },
          service: { port },
          serverAllowedHosts: allowedHosts(namespace),
          backendStore: backendStore(this.database),
          podAnnotations: { "checksum/database": this.database.credentials.checksum },
          artifactRoot: artifactRoot(bucket, key),
          // The database's client library takes no connection that is not encrypted.
          extraEnvVars: {
            PGSSLMODE: "require",
            // Its backend of jobs, which nothing here uses, takes more memory than all of the rest.
            MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
            ...(bucket && clientSettings(bucket)),
          },
          serviceMonitor: { enabled: hasMonitors(site), useServicePort: true, namespace },
        },
      },
      this,
      volume,
      key,
      this.database.resource,
      site.monitorDefinitions,
    );
    const server = modelRegistryPods(namespace);
    if (count > 1) {
      new PodDisruptionBudget(
        `${name}-disruption`,
        {
          metadata: { name: serviceName, namespace },
          spec: { maxUnavailable: 1, selector: { matchLabels: { ...server.labels } } },
        },
        childOptions(this, site, namespace, release),
      );
    }
    if (bucket !== undefined) site.network.allow(server, cloudServices(...bucket.hosts), 443);
    const { pods: poolers, port: poolerPort, podPort = poolerPort } = this.database.endpoints.pooled;
    site.network.allow(server, poolers, podPort);
    allowScraping(site, server, port);
    this.registerOutputs();
  }

  private createVolume(name: string, site: Site, namespace: string): PersistentVolumeClaim {
    return new PersistentVolumeClaim(
      `${name}-data`,
      {
        metadata: {
          name: "mlflow-data",
          namespace,
          // The claim waits for its first pod, and the pod's release for the claim.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: {
          accessModes: ["ReadWriteOnce"],
          storageClassName: "fast-ssd",
          resources: { requests: { storage: "20Gi" } },
        },
      },
      {
        ...childOptions(this, site, namespace),
        protect: site.protectData,
        retainOnDelete: site.protectData,
      },
    );
  }

  /** What opens the bucket; undefined where the pod's own identity does. */
  private provideKey(name: string, site: Site, namespace: string, { key }: Bucket): Secret | undefined {
    if (key === undefined) return undefined;
    return new Secret(
      `${name}-key`,
      {
        metadata: { name: "mlflow-bucket", namespace },
        stringData: { AWS_ACCESS_KEY_ID: key.accessKey, AWS_SECRET_ACCESS_KEY: key.secretKey },
      },
      childOptions(this, site, namespace),
    );
  }
}

/** The names by which it may be called: a browser that is led here by another name is refused. */
function allowedHosts(namespace: string): readonly string[] {
  const names = [serviceName, `${serviceName}.${namespace}`, `${serviceName}.${namespace}.svc`];
  const privateAddresses = ["10.*", "172.*", "192.168.*"];
  return [...names.flatMap((host) => [host, `${host}:${port}`]), ...privateAddresses];
}

function backendStore({ args, endpoints, credentials }: PostgreSql): Values {
  const { host, port } = endpoints.pooled;
  return {
    databaseMigration: true,
    postgres: { enabled: true, host, port, database: args.database },
    existingDatabaseSecret: {
      name: credentials.name,
      usernameKey: "username",
      passwordKey: "password",
    },
  };
}

function artifactRoot(bucket: Bucket | undefined, key: Secret | undefined): Values {
  if (bucket === undefined) {
    return { proxiedArtifactStorage: true, defaultArtifactsDestination: `${dataFolder}/artifacts` };
  }
  return {
    proxiedArtifactStorage: true,
    s3: {
      enabled: true,
      bucket: bucket.name,
      path: "mlflow",
      ...(key && { existingSecret: { name: key.metadata.name } }),
    },
  };
}

function clientSettings(bucket: Bucket): Values {
  const { region, endpoint } = bucket;
  return {
    AWS_DEFAULT_REGION: region,
    ...(endpoint !== undefined && { MLFLOW_S3_ENDPOINT_URL: endpoint }),
    ...checksumSettings(bucket),
  };
}

function podValues(site: Site, count: number, volume: PersistentVolumeClaim | undefined): Values {
  const production = site.environment === "production";
  const size: Resources = production
    ? { cpu: "250m", memory: "2Gi", cpuLimit: "2" }
    : { cpu: "25m", memory: "768Mi", cpuLimit: "1" };
  const metrics = { name: "metrics", emptyDir: {} };
  return {
    replicaCount: count,
    strategy:
      volume === undefined
        ? { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
        : { type: "Recreate" },
    // Each worker is a process of its own, with a copy of everything.
    extraArgs: { workers: production ? "4" : "1" },
    // Artifacts that it hands on are kept on disk meanwhile.
    resources: resources({ ...size, disk: "4Gi" }),
    priorityClassName: "serving",
    podSecurityContext: { ...restrictedPod, fsGroup: 1001, fsGroupChangePolicy: "OnRootMismatch" },
    affinity: apart,
    extraVolumes: volume
      ? [metrics, { name: "data", persistentVolumeClaim: { claimName: volume.metadata.name } }]
      : [metrics],
    extraVolumeMounts: [
      { name: "metrics", mountPath: metricsFolder },
      ...(volume ? [{ name: "data", mountPath: dataFolder }] : []),
    ],
  };
}

/** The chart has no spread constraints, so replicas keep away from each other's zone. */
const apart = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          topologyKey: "topology.kubernetes.io/zone",
          labelSelector: { matchLabels: { app: "mlflow", "app.kubernetes.io/instance": serviceName } },
        },
      },
    ],
  },
};
