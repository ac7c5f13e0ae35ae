import * as pulumi from "@pulumi/pulumi";
import { hasMonitors } from "../kit/monitors";
import { has, hasStores, houseAt, type Site } from "../kit/site";
import { Backup } from "./backup";
import { Certificates } from "./certificates";
import { ClusterAutoscaler } from "./cluster-autoscaler";
import { CustomMetrics } from "./custom-metrics";
import type { DataOperators } from "./data-operators";
import { DnsRecords } from "./dns";
import { Elasticsearch, hasElasticsearch } from "./elasticsearch";
import { ElasticsearchAuthority } from "./elasticsearch-authority";
import { ExternalSecrets } from "./external-secrets";
import { GitOps } from "./gitops";
import { GpuAgents, hasGpus } from "./gpu";
import { ImageScanning } from "./image-scanning";
import { IngressController } from "./ingress";
import { KafkaOperator } from "./kafka-operator";
import { LoadBalancers } from "./load-balancers";
import { Logs } from "./logs";
import { Mesh } from "./mesh";
import { Metrics } from "./metrics";
import { ModelRegistry } from "./model-registry";
import { MongodbOperator } from "./mongodb-operator";
import { PodMetrics } from "./pod-metrics";
import { PostgresqlOperator } from "./postgresql-operator";
import { RabbitmqOperators } from "./rabbitmq-operator";
import { RedisOperator } from "./redis-operator";
import { Registry } from "./registry";
import { SealedSecrets } from "./sealed-secrets";
import { Traces } from "./traces";
import { VerticalAutoscaling } from "./vertical-autoscaling";

/** Arguments of {@link PlatformServices}. */
export interface PlatformServicesArgs {
  readonly site: Site;
}

/** The services that a cluster offers to the systems on it, one component for each concern. (P1-P17) */
export class PlatformServices extends pulumi.ComponentResource {
  /** What makes load balancers for Services that ask for one; undefined where the cluster does so by itself. (C11) */
  readonly loadBalancers: pulumi.Resource | undefined;
  /** Prometheus and Grafana; undefined where the stack does without. (P2) */
  readonly metrics: pulumi.Resource | undefined;
  /** What looks after the data stores. */
  readonly operators: DataOperators;
  /** Versions of models; undefined where the stack does without. (P7) */
  readonly modelRegistry: ModelRegistry | undefined;
  /** What carries out Argo CD's applications; undefined where the stack does without. (P5) */
  readonly gitops: GitOps | undefined;
  /** Encrypts and authorises what the systems' pods say to each other; undefined where the stack does without. (P16) */
  readonly mesh: Mesh | undefined;

  constructor(name: string, { site }: PlatformServicesArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Services", name, {}, options);
    const certificates = new Certificates(`${name}-certificates`, { site }, { parent: this }).ready;
    this.loadBalancers = this.createEdge(name, site, certificates);
    this.createCapacity(name, site, certificates);
    this.createSecrets(name, site);
    this.metrics = this.observe(name, site, certificates);
    const child = { parent: this };
    this.gitops = has(site, "gitops") ? new GitOps(`${name}-gitops`, { site }, child) : undefined;
    this.mesh = has(site, "mesh") ? new Mesh(`${name}-mesh`, { site }, child) : undefined;
    this.operators = this.createOperators(name, site, certificates);
    this.modelRegistry = this.createKeepers(name, site, this.operators);
    this.registerOutputs();
  }

  /** What brings secrets that this program does not make. (P6) */
  private createSecrets(name: string, site: Site): void {
    const child = { parent: this };
    const { secretStore } = site.cluster;
    if (secretStore) new ExternalSecrets(`${name}-external-secrets`, { site, store: secretStore }, child);
    if (has(site, "gitops")) new SealedSecrets(`${name}-sealed-secrets`, { site }, child);
  }

  /** Metrics, logs and traces: what shows metrics, where it is there. (P2-P4) */
  private observe(name: string, site: Site, certificates: pulumi.Resource): pulumi.Resource | undefined {
    const child = { parent: this };
    const metrics = has(site, "metrics")
      ? new Metrics(`${name}-metrics`, { site, certificates }, child).ready
      : undefined;
    const authority = hasElasticsearch(site)
      ? new ElasticsearchAuthority(`${name}-elasticsearch-authority`, { site, certificates }, child).ready
      : undefined;
    if (has(site, "logging")) new Logs(`${name}-logs`, { site, authority }, child);
    if (authority) new Elasticsearch(`${name}-elasticsearch`, { site, authority }, child);
    if (has(site, "tracing")) new Traces(`${name}-traces`, { site }, child);
    return metrics;
  }

  /** What keeps images and models, looks them over, and saves the cluster's own state. (P7, P15, P17) */
  private createKeepers(name: string, site: Site, { postgresql }: DataOperators): ModelRegistry | undefined {
    const child = { parent: this };
    const { backups } = site.cluster.buckets;
    if (has(site, "backup") && backups) new Backup(`${name}-backup`, { site, bucket: backups }, child);
    if (has(site, "image-scanning")) new ImageScanning(`${name}-image-scanning`, { site }, child);
    if (houseAt(site, "public-hosts") && has(site, "registry")) {
      new Registry(`${name}-registry`, { site }, child);
    }
    const house = houseAt(site, "model-registry");
    return postgresql && house && has(site, "model-registry")
      ? new ModelRegistry(`${name}-model-registry`, { site, house, postgresql }, child)
      : undefined;
  }

  /** What looks after the data stores of those systems that run here. (P8-P12) */
  private createOperators(name: string, site: Site, certificates: pulumi.Resource): DataOperators {
    const child = { parent: this };
    const certified = { ...child, dependsOn: [certificates] };
    return {
      ...(hasStores(site, "kafka") && {
        kafka: new KafkaOperator(`${name}-kafka-operator`, { site }, child),
      }),
      ...(hasStores(site, "rabbitmq") && {
        rabbitmq: new RabbitmqOperators(`${name}-rabbitmq-operators`, { site }, certified),
      }),
      ...(hasStores(site, "redis") && {
        redis: new RedisOperator(`${name}-redis-operator`, { site }, child),
      }),
      ...((hasStores(site, "postgresql") || houseAt(site, "model-registry") !== undefined) && {
        postgresql: new PostgresqlOperator(`${name}-postgresql`, { site }, certified),
      }),
      ...(hasStores(site, "mongodb") && {
        // Its members' certificates are cert-manager's.
        mongodb: new MongodbOperator(`${name}-mongodb`, { site }, certified),
      }),
    };
  }

  /** What stands between the internet and the services: what makes load balancers, where it is a part of it. (P1, C11) */
  private createEdge(name: string, site: Site, certificates: pulumi.Resource): pulumi.Resource | undefined {
    const child = { parent: this };
    const { aws, dns } = site.cluster;
    const loadBalancers =
      aws && new LoadBalancers(`${name}-load-balancers`, { site, aws, certificates }, child).ready;
    new IngressController(`${name}-ingress`, { site, ...(loadBalancers && { loadBalancers }) }, child);
    if (dns && has(site, "dns")) new DnsRecords(`${name}-dns`, { site, dns }, child);
    return loadBalancers;
  }

  /** What makes room for the services, and measures how much they need. (P14, C10) */
  private createCapacity(name: string, site: Site, certificates: pulumi.Resource): void {
    const child = { parent: this };
    const { aws } = site.cluster;
    if (has(site, "autoscaling")) {
      if (aws) new ClusterAutoscaler(`${name}-cluster-autoscaler`, { site, aws }, child);
      new PodMetrics(`${name}-pod-metrics`, { site, certificates }, child);
      if (hasMonitors(site)) new CustomMetrics(`${name}-custom-metrics`, { site, certificates }, child);
      new VerticalAutoscaling(`${name}-vertical-autoscaling`, { site, certificates }, child);
    }
    if (has(site, "gpu") && hasGpus(site.cluster)) new GpuAgents(`${name}-gpu`, { site }, child);
  }
}
