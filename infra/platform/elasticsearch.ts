import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Secret, Service } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { imageReference } from "../kit/mirror";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { childOptions, has, namespacesOf, type Site } from "../kit/site";
import { resources, restrictedPod, type Values } from "../kit/values";
import { apiServer, pods } from "../network/edge";
import { charts } from "./charts";
import { authorityCertificate } from "./elasticsearch-authority";
import { createRetention, retentionKeeper } from "./elasticsearch-retention";
import {
  elasticsearch,
  elasticsearchPort,
  fileRoles,
  hostsOf,
  logWriter,
  logWriterNamespace,
  name,
  podTemplate,
  roles,
  serverCertificate,
  sizes,
  storeImage,
  storeSpec,
  version,
} from "./elasticsearch-spec";
import { logIndices } from "./log-indices";

/** Arguments of {@link Elasticsearch}. */
export interface ElasticsearchArgs {
  readonly site: Site;
  /** Signs its certificate. */
  readonly authority: pulumi.Resource;
}

const operatorNamespace = "data-operators";

const webhookPort = 9443;

const operatorMetricsPort = 9090;

const transportPort = 9300;

/** Whether the site has Elasticsearch: where a system runs whose logs belong there. (000, 003) */
export function hasElasticsearch(site: Site): boolean {
  return has(site, "logging-elasticsearch") && logIndices(site).length > 0;
}

/** Host name of Elasticsearch: `elasticsearch.` and the namespace of logs, as 000 has it. */
export function elasticsearchHost(site: Site): string {
  return `${name}.${namespacesOf(site).logging}`;
}

/**
 * Elasticsearch with Kibana, by their operator, for those logs that 000 and 003 want there. Kibana has no public host: it
 * is reached through the API server (`kubectl port-forward`). (P3, 000, 003)
 */
export class Elasticsearch extends pulumi.ComponentResource {
  /** For resources that write to Elasticsearch. */
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
      { metadata: { name: roles, namespace }, stringData: { "roles.yml": JSON.stringify(fileRoles(site)) } },
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
          // Its pods come from the operator, which this release does not wait for.
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

function operatorValues(site: Site): Values {
  return {
    installCRDs: true,
    resources: resources({ cpu: "25m", memory: "192Mi", cpuLimit: "500m" }),
    priorityClassName: "platform-critical",
    podSecurityContext: restrictedPod,
    telemetry: { disabled: true },
    config: { metrics: { port: String(operatorMetricsPort) } },
    podMonitor: { enabled: hasMonitors(site) },
    // Its own is for scraping over TLS with a self-signed certificate.
    serviceMonitor: { enabled: false },
  };
}
