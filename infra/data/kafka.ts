import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../config/environment";
import { imageReference } from "../kit/mirror";
import { hasMonitors } from "../kit/monitors";
import { monitorPods } from "../kit/pod-monitor";
import { childOptions, replicas, type Site } from "../kit/site";
import { type Resources, resources } from "../kit/values";
import { apiServer, type Pods, pods } from "../network/edge";
import { messagingSoftware } from "../platform/charts/messaging";
import { kafkaOperator } from "../platform/kafka-operator";
import type { SecretReference } from "../secrets/secret-bundles";
import { type KafkaSizes, kafkaNodePools } from "./kafka-node-pools";
import { keptWithData } from "./lifetime";
import type { DataStore, Endpoint } from "./store";

/** A topic, and how long its events are kept. */
export interface KafkaTopic {
  readonly name: string;
  /** How many consumers of one group can share the work. */
  readonly partitions: number;
  /** Hours after which events are dropped. */
  readonly retentionHours: number;
}

/** Arguments of {@link Kafka}. */
export interface KafkaArgs {
  readonly site: Site;
  readonly namespace: string;
  /** The cluster's name, from which Strimzi makes all others: its Service is `NAME-kafka-bootstrap`. */
  readonly clusterName: string;
  readonly sizes: KafkaSizes;
  readonly topics: readonly KafkaTopic[];
  /** The bundle of the user's credentials: `username`, `password` and `bootstrap-servers`. */
  readonly bundle: string;
  /** Who signs in on the TLS listener. */
  readonly user: string;
}

const apiVersion = "kafka.strimzi.io/v1";
const plainPort = 9092;
const tlsPort = 9093;
/** Where controllers and brokers talk among each other, and where Strimzi asks a broker for its state. */
const internalPorts = { controller: 9090, replication: 9091, agent: 8443 };
const hourInMilliseconds = 3_600_000;

/** What the operators of topics and of users each get: in production as 000 has it. */
const operatorSizes: Readonly<Record<Environment, Resources>> = {
  production: { cpu: "200m", memory: "512Mi" },
  staging: { cpu: "50m", memory: "512Mi" },
  development: { cpu: "20m", memory: "256Mi" },
};

/** Resources of the exporter of consumer lag, which stores nothing. */
const exporterSize: Resources = { cpu: "10m", memory: "64Mi", cpuLimit: "200m" };

const metricsPort = { name: "tcp-prometheus", number: 9404 } as const;

/**
 * Kafka by Strimzi, without ZooKeeper: separate brokers and controllers, or one node that is both where one
 * of everything is enough. The plain listener accepts every caller, as in the seed, and only declared edges
 * reach it; the TLS listener requires a user's password (SCRAM-SHA-512). (P8, 000)
 */
export class Kafka extends pulumi.ComponentResource implements DataStore {
  readonly endpoints: Readonly<Record<"plain" | "tls", Endpoint>>;
  readonly credentials: SecretReference;
  readonly resource: pulumi.Resource;
  /** What clients of the plain listener start with: `KAFKA_BROKERS`. */
  readonly bootstrapServers: string;
  /** The Secret whose `ca.crt` clients of the TLS listener trust. */
  readonly certificateAuthority: string;

  constructor(name: string, args: KafkaArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:data:Kafka", name, {}, options);
    const { site, namespace, clusterName } = args;
    const nodes = pods(namespace, clusterName, {
      "strimzi.io/cluster": clusterName,
      "strimzi.io/name": `${clusterName}-kafka`,
    });
    const host = `${clusterName}-kafka-bootstrap.${namespace}.svc`;
    this.bootstrapServers = `${host}:${plainPort}`;
    this.certificateAuthority = `${clusterName}-cluster-ca-cert`;
    this.endpoints = {
      plain: { host, port: plainPort, tls: false, pods: nodes },
      tls: { host, port: tlsPort, tls: true, pods: nodes },
    };
    this.credentials = site.secrets.provide(namespace, args.bundle, {
      username: args.user,
      "bootstrap-servers": `${host}:${tlsPort}`,
    });

    const pools = kafkaNodePools(name, args, this);
    this.resource = this.createCluster(name, args, pools);
    this.createTopics(name, args);
    this.createUser(name, args);
    this.declareNetwork(site, nodes, namespace, clusterName);
    monitorPods(
      `${name}-monitor`,
      { site, pods: nodes, port: metricsPort, members: replicas(site, 6) },
      this,
    );
    if (hasMonitors(site)) this.watchConsumers(name, site, nodes, clusterName);
    this.registerOutputs();
  }

  private createCluster(
    name: string,
    { site, namespace, clusterName }: KafkaArgs,
    pools: readonly pulumi.Resource[],
  ): pulumi.Resource {
    const copies = replicas(site, 3);
    const inSync = replicas(site, 2);
    const { kafka } = messagingSoftware;
    const operator = resources(operatorSizes[site.environment]);
    return new CustomResource(
      `${name}-cluster`,
      {
        apiVersion,
        kind: "Kafka",
        metadata: { name: clusterName, namespace },
        spec: {
          kafka: {
            version: kafka.version,
            image: imageReference(kafka.image, site.settings.mirror),
            listeners: [
              { name: "plain", port: plainPort, type: "internal", tls: false },
              {
                name: "tls",
                port: tlsPort,
                type: "internal",
                tls: true,
                authentication: { type: "scram-sha-512" },
              },
            ],
            config: {
              "offsets.topic.replication.factor": copies,
              "transaction.state.log.replication.factor": copies,
              "transaction.state.log.min.isr": inSync,
              "default.replication.factor": copies,
              "min.insync.replicas": inSync,
              // Both ends are new enough; only an attacker would use older protocols. (001)
              "ssl.enabled.protocols": "TLSv1.3",
              // Topics are declared: a misspelt name must not make one.
              "auto.create.topics.enable": false,
            },
            // Copies of a partition are in different zones. (R3)
            ...(copies > 1 && { rack: { topologyKey: "topology.kubernetes.io/zone" } }),
            metricsConfig: { type: "strimziMetricsReporter" },
            template: { podDisruptionBudget: { maxUnavailable: 1 } },
          },
          entityOperator: {
            topicOperator: { resources: operator },
            // A user's Secret has the user's name, which some other Secret may have too.
            userOperator: { resources: operator, secretPrefix: "kafka-user-" },
            template: { pod: { priorityClassName: "platform-critical" } },
          },
          // Exports how far consumers are behind, which Kafka's own metrics do not have. (O2)
          ...(hasMonitors(site) && {
            kafkaExporter: {
              image: imageReference(kafka.image, site.settings.mirror),
              groupRegex: ".*",
              topicRegex: ".*",
              resources: resources(exporterSize),
              template: { pod: { priorityClassName: "serving" } },
            },
          }),
        },
      },
      { ...childOptions(this, site, namespace, ...pools), ...keptWithData(site) },
    );
  }

  private watchConsumers(name: string, site: Site, nodes: Pods, clusterName: string): void {
    const exporter = pods(nodes.namespace, `${clusterName}-exporter`, {
      "strimzi.io/cluster": clusterName,
      "strimzi.io/name": `${clusterName}-kafka-exporter`,
    });
    site.network.allow(exporter, nodes, internalPorts.replication);
    monitorPods(`${name}-exporter-monitor`, { site, pods: exporter, port: metricsPort }, this);
  }

  private createTopics(name: string, { site, namespace, clusterName, topics }: KafkaArgs): void {
    for (const topic of topics) {
      new CustomResource(
        `${name}-topic-${topic.name}`,
        {
          apiVersion,
          kind: "KafkaTopic",
          metadata: { name: topic.name, namespace, labels: { "strimzi.io/cluster": clusterName } },
          spec: {
            partitions: topic.partitions,
            replicas: replicas(site, 3),
            config: { "retention.ms": topic.retentionHours * hourInMilliseconds },
          },
        },
        { ...childOptions(this, site, namespace, this.resource), ...keptWithData(site) },
      );
    }
  }

  private createUser(name: string, { site, namespace, clusterName, user, bundle }: KafkaArgs): void {
    new CustomResource(
      `${name}-user`,
      {
        apiVersion,
        kind: "KafkaUser",
        metadata: { name: user, namespace, labels: { "strimzi.io/cluster": clusterName } },
        spec: {
          authentication: {
            type: "scram-sha-512",
            password: { valueFrom: { secretKeyRef: { name: bundle, key: "password" } } },
          },
        },
      },
      childOptions(this, site, namespace, this.resource, this.credentials.resource),
    );
  }

  private declareNetwork({ network }: Site, nodes: Pods, namespace: string, clusterName: string): void {
    const { controller, replication, agent } = internalPorts;
    const entityOperator = pods(namespace, `${clusterName}-entity-operator`, {
      "strimzi.io/cluster": clusterName,
      "strimzi.io/name": `${clusterName}-entity-operator`,
    });
    network.allow(nodes, nodes, controller, replication);
    network.allow(kafkaOperator, nodes, controller, replication, agent);
    network.allow(entityOperator, nodes, replication);
    network.allow(entityOperator, apiServer);
    // Before it starts, a broker reads from its node which zone it is in.
    network.allow(nodes, apiServer);
  }
}
