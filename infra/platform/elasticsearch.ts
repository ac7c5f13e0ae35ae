import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Secret, Service } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../config/environment";
import { helmRelease } from "../kit/helm-release";
import { imageReference } from "../kit/mirror";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { memberAffinity } from "../kit/placement";
import { childOptions, has, namespacesOf, replicas, runs, type Site } from "../kit/site";
import { type Resources, resources, restrictedPod, type Values } from "../kit/values";
import { apiServer, type Pods, pods } from "../network/edge";
import { charts } from "./charts";
import { authorityCertificate } from "./elasticsearch-authority";
import { createRetention, retentionKeeper, retentionRole } from "./elasticsearch-retention";

/** Arguments of {@link Elasticsearch}. */
export interface ElasticsearchArgs {
  readonly site: Site;
  /** Signs its certificate. */
  readonly authority: pulumi.Resource;
}

/** Version of Elasticsearch and Kibana: the one that the operator's own release is made for. */
const version = "9.5.0";

/** Port of Elasticsearch, of its pods and its Service alike. (000) */
export const elasticsearchPort = 9200;

/** The name of the Service, of the cluster behind it, and so the first part of the host that 000 names. */
const name = "elasticsearch";

/** The user that may add to the logs' indices and do nothing else, and the Secret with its password. */
export const logWriter = "elasticsearch-log-writer";

/** Namespace of whoever writes logs, and so of the password that both sides use. */
export const logWriterNamespace = "node-agents";

const operatorNamespace = "data-operators";
const webhookPort = 9443;
const operatorMetricsPort = 9090;
const transportPort = 9300;
const roles = "elasticsearch-roles";
const serverCertificate = "elasticsearch-tls";

interface Size {
  readonly resources: Resources;
  readonly volume: string;
  readonly kibana: Resources;
}

const sizes: Readonly<Record<Environment, Size>> = {
  development: {
    resources: { cpu: "50m", memory: "1Gi", cpuLimit: "1" },
    volume: "5Gi",
    kibana: { cpu: "25m", memory: "768Mi", cpuLimit: "1" },
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

/** Whether the site has Elasticsearch: where a system runs whose logs belong there. (000, 003) */
export function hasElasticsearch(site: Site): boolean {
  return has(site, "logging-elasticsearch") && (runs(site, "atlas") || runs(site, "ai-middleware"));
}

/** Elasticsearch's pods, by the labels that the operator puts on them. */
export function elasticsearch(site: Site): Pods {
  return pods(namespacesOf(site).logging, name, {
    "elasticsearch.k8s.elastic.co/cluster-name": name,
  });
}

/** Host name of Elasticsearch: where Atlas runs it is `elasticsearch.atlas-logging`, as 000 has it. */
export function elasticsearchHost(site: Site): string {
  return `${name}.${namespacesOf(site).logging}`;
}

/**
 * Elasticsearch with Kibana, by their operator, for those logs that 000 and 003 want there. Kibana has no public host: it
 * is reached through the API server (`kubectl port-forward`). (P3, 000, 003)
 */
export class Elasticsearch extends pulumi.ComponentResource {
  /** For whatever writes to Elasticsearch. */
  readonly ready: pulumi.Resource;

  constructor(
    componentName: string,
    { site, authority }: ElasticsearchArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:platform:Elasticsearch", componentName, {}, options);
    const operator = helmRelease(
      `${componentName}-operator`,
      { site, chart: charts.eckOperator, namespace: operatorNamespace, values: operatorValues(site) },
      this,
      site.monitorDefinitions,
    );
    this.ready = this.createStore(componentName, site, operator, authority);
    this.createKibana(componentName, site, this.ready);
    createRetention(
      `${componentName}-retention`,
      {
        site,
        namespace: namespacesOf(site).logging,
        store: {
          resource: this.ready,
          host: elasticsearchHost(site),
          port: elasticsearchPort,
          pods: elasticsearch(site),
        },
        image: storeImage(site),
        certificate: serverCertificate,
      },
      this,
    );
    this.declareNetwork(site);
    this.registerOutputs();
  }

  private createStore(
    componentName: string,
    site: Site,
    operator: pulumi.Resource,
    authority: pulumi.Resource,
  ): pulumi.Resource {
    const namespace = namespacesOf(site).logging;
    const certificate = authorityCertificate(
      `${componentName}-certificate`,
      { site, namespace, certificate: serverCertificate, usage: "server auth", hosts: hostsOf(site) },
      this,
      authority,
    );
    const options = childOptions(this, site, namespace);
    const users = [
      this.createUser(componentName, site, logWriterNamespace, logWriter),
      this.createUser(componentName, site, namespace, retentionKeeper),
    ];
    const role = new Secret(
      `${componentName}-${roles}`,
      { metadata: { name: roles, namespace }, stringData: { "roles.yml": JSON.stringify(fileRoles) } },
      options,
    );
    const store = new CustomResource(
      `${componentName}-store`,
      {
        apiVersion: "elasticsearch.k8s.elastic.co/v1",
        kind: "Elasticsearch",
        metadata: { name, namespace },
        spec: storeSpec(site),
      },
      {
        ...childOptions(this, site, namespace, operator, ...users, role, certificate),
        protect: site.protectData,
        retainOnDelete: site.protectData,
      },
    );
    return new Service(
      `${componentName}-service`,
      {
        metadata: {
          name,
          namespace,
          // Its pods come from the operator, which nobody waits for here.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: {
          selector: { ...elasticsearch(site).labels },
          ports: [{ name: "https", port: elasticsearchPort, targetPort: elasticsearchPort }],
        },
      },
      childOptions(this, site, namespace, store),
    );
  }

  /** A user of Elasticsearch's own file, with the role of the same name; the password is the bundle's in some namespace. */
  private createUser(componentName: string, site: Site, bundleNamespace: string, user: string): Secret {
    const namespace = namespacesOf(site).logging;
    return new Secret(
      `${componentName}-${user}`,
      {
        metadata: { name: user, namespace },
        // The operator takes name and password from Secrets of this type alone.
        type: "kubernetes.io/basic-auth",
        stringData: {
          username: user,
          password: site.secrets.value(bundleNamespace, user, "password"),
          roles: user,
        },
      },
      childOptions(this, site, namespace),
    );
  }

  private createKibana(componentName: string, site: Site, store: pulumi.Resource): void {
    const namespace = namespacesOf(site).logging;
    new CustomResource(
      `${componentName}-kibana`,
      {
        apiVersion: "kibana.k8s.elastic.co/v1",
        kind: "Kibana",
        metadata: { name: "kibana", namespace },
        spec: {
          version,
          image: imageReference(`docker.elastic.co/kibana/kibana:${version}`, site.settings.mirror),
          count: 1,
          elasticsearchRef: { name },
          config: { "telemetry.optIn": false, "telemetry.allowChangingOptInStatus": false },
          podTemplate: podTemplate("kibana", sizes[site.environment].kibana, "serving"),
        },
      },
      childOptions(this, site, namespace, store),
    );
  }

  private declareNetwork(site: Site): void {
    const { network } = site;
    const operator = pods(operatorNamespace, "elastic-operator", {
      "app.kubernetes.io/name": "elastic-operator",
    });
    const store = elasticsearch(site);
    const kibana = pods(store.namespace, "kibana", { "kibana.k8s.elastic.co/name": "kibana" });
    network.allow(operator, apiServer);
    network.allow(apiServer, operator, webhookPort);
    network.allow(operator, store, elasticsearchPort);
    network.allow(store, store, elasticsearchPort, transportPort);
    network.allow(kibana, store, elasticsearchPort);
    allowScraping(site, operator, operatorMetricsPort);
  }
}

const fileRoles = {
  // Adds to the indices of logs, and makes them when they are not there: it reads nothing and deletes nothing.
  [logWriter]: {
    cluster: ["monitor"],
    indices: [
      {
        names: ["atlas-ai*", "ai-middleware*"],
        privileges: ["auto_configure", "create_index", "create_doc"],
      },
    ],
  },
  [retentionKeeper]: retentionRole,
};

function operatorValues(site: Site): Values {
  return {
    installCRDs: true,
    resources: resources({ cpu: "25m", memory: "192Mi", cpuLimit: "500m" }),
    priorityClassName: "platform-critical",
    podSecurityContext: restrictedPod,
    telemetry: { disabled: true },
    config: { metrics: { port: String(operatorMetricsPort) } },
    podMonitor: { enabled: hasMonitors(site) },
    // Its own is for scraping over TLS with a certificate that nobody else's authority has signed.
    serviceMonitor: { enabled: false },
  };
}

function storeImage({ settings }: Site): string {
  return imageReference(`docker.elastic.co/elasticsearch/elasticsearch:${version}`, settings.mirror);
}

/** Names by which it is called: 000's host, and the Services through which the operator and Kibana reach it. */
function hostsOf(site: Site): readonly string[] {
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
function storeSpec(site: Site): ElasticsearchSpec {
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
function podTemplate(
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
