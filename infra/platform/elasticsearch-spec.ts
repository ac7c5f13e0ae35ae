import type { Environment } from "../config/environment";
import { imageReference } from "../kit/mirror";
import { memberAffinity } from "../kit/placement";
import { namespacesOf, replicas, type Site } from "../kit/site";
import { type Resources, resources, restrictedPod } from "../kit/values";
import { type Pods, pods } from "../network/edge";
import { retentionKeeper, retentionRole } from "./elasticsearch-retention";
import { logIndices } from "./log-indices";

/** Version of Elasticsearch and Kibana: the one that the operator's own release is made for. */
export const version = "9.5.0";

/** Port of Elasticsearch, of its pods and its Service alike. (000) */
export const elasticsearchPort = 9200;

/** The name of the Service, of the cluster behind it, and so the first part of the host that 000 names. */
export const name = "elasticsearch";

/** The user that may add to the logs' indices and do nothing else, and the Secret with its password. */
export const logWriter = "elasticsearch-log-writer";

/** Namespace of the pods that write logs, and of the password that both sides use. */
export const logWriterNamespace = "node-agents";

export const roles = "elasticsearch-roles";

export const serverCertificate = "elasticsearch-tls";

interface Size {
  readonly resources: Resources;
  readonly volume: string;
  readonly kibana: Resources;
}

export const sizes: Readonly<Record<Environment, Size>> = {
  development: {
    resources: { cpu: "50m", memory: "1Gi", cpuLimit: "1" },
    volume: "5Gi",
    kibana: { cpu: "25m", memory: "1Gi", cpuLimit: "1" },
  },
  staging: {
    resources: { cpu: "100m", memory: "1Gi", cpuLimit: "1" },
    volume: "20Gi",
    kibana: { cpu: "50m", memory: "1Gi", cpuLimit: "1" },
  },
  production: {
    resources: { cpu: "1", memory: "4Gi", cpuLimit: "2" },
    volume: "100Gi",
    kibana: { cpu: "200m", memory: "1Gi", cpuLimit: "1" },
  },
};

export function fileRoles(site: Site) {
  return {
    // Adds to the indices of logs, and makes them when they are not there: it reads nothing and deletes nothing.
    [logWriter]: {
      cluster: ["monitor"],
      indices: [
        {
          names: logIndices(site).map(({ index }) => `${index}*`),
          privileges: ["auto_configure", "create_index", "create_doc"],
        },
      ],
    },
    [retentionKeeper]: retentionRole(site),
  };
}

export function storeImage({ settings }: Site): string {
  return imageReference(`docker.elastic.co/elasticsearch/elasticsearch:${version}`, settings.mirror);
}

/** Names by which it is called: 000's host, and the Services through which the operator and Kibana reach it. */
export function hostsOf(site: Site): readonly string[] {
  const { logging } = namespacesOf(site);
  return [name, `${name}-es-http`, `${name}-es-internal-http`].flatMap((service) => [
    `${service}.${logging}`,
    `${service}.${logging}.svc`,
  ]);
}

/** What is used of an Elasticsearch resource. */
interface ElasticsearchSpec {
  readonly version: string;
  readonly image: string;
  readonly auth: {
    readonly fileRealm: readonly { readonly secretName: string }[];
    readonly roles: readonly { readonly secretName: string }[];
  };
  readonly http: object;
  readonly volumeClaimDeletePolicy: "DeleteOnScaledownOnly" | "DeleteOnScaledownAndClusterDeletion";
  readonly nodeSets: readonly object[];
}

/** The operator makes the disruption budget itself, and tells members their zones, so that copies are kept in others. */
export function storeSpec(site: Site): ElasticsearchSpec {
  const size = sizes[site.environment];
  return {
    version,
    image: storeImage(site),
    auth: {
      fileRealm: [{ secretName: logWriter }, { secretName: retentionKeeper }],
      roles: [{ secretName: roles }],
    },
    http: { tls: { certificate: { secretName: serverCertificate } } },
    volumeClaimDeletePolicy: site.protectData
      ? "DeleteOnScaledownOnly"
      : "DeleteOnScaledownAndClusterDeletion",
    nodeSets: [
      {
        name: "default",
        count: replicas(site, 3),
        ...(site.cluster.zones.length > 1 && { zoneAwareness: {} }),
        // Memory maps need a setting of the node's kernel, which only a privileged pod could change.
        config: { "node.store.allow_mmap": false },
        volumeClaimTemplates: [
          {
            metadata: { name: "elasticsearch-data" },
            spec: {
              accessModes: ["ReadWriteOnce"],
              storageClassName: "fast-ssd",
              resources: { requests: { storage: size.volume } },
            },
          },
        ],
        podTemplate: podTemplate(
          name,
          size.resources,
          "data-store",
          memberAffinity(site.cluster, replicas(site, 3), elasticsearch(site).labels),
        ),
      },
    ],
  };
}

/** Elasticsearch's JVM keeps 32 files of 64 MiB about its garbage collection, on the node's disk. */
const collectorLogs = "2Gi";

/** Pods as the operator makes them, with what it leaves to be said; containers it restricts by itself. */
export function podTemplate(
  container: string,
  size: Resources,
  priorityClassName: string,
  affinity?: ReturnType<typeof memberAffinity>,
) {
  return {
    spec: {
      priorityClassName,
      automountServiceAccountToken: false,
      securityContext: { ...restrictedPod, runAsUser: 1000, fsGroup: 1000 },
      containers: [{ name: container, resources: resources({ ...size, disk: collectorLogs }) }],
      ...(affinity && { affinity }),
    },
  };
}

/** Elasticsearch's pods, by the labels that the operator puts on them. */
export function elasticsearch(site: Site): Pods {
  return pods(namespacesOf(site).logging, name, {
    "elasticsearch.k8s.elastic.co/cluster-name": name,
  });
}
