import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { imageReference } from "../kit/mirror";
import { memberAffinity } from "../kit/placement";
import { monitorPods } from "../kit/pod-monitor";
import { childOptions, replicas, type Site } from "../kit/site";
import { apiServer, type Pods, pods } from "../network/edge";
import { messagingSoftware } from "../platform/charts/messaging";
import { rabbitmqManagementPort, topologyOperator } from "../platform/rabbitmq-operator";
import type { SecretReference } from "../secrets/secret-bundles";
import { disruptionBudget } from "./disruption-budget";
import { keptWithData } from "./lifetime";
import { createQueues, type QueueDeclaration } from "./rabbitmq-queues";
import { createRabbitmqUser } from "./rabbitmq-user";
import { type StoreSizes, storeResources } from "./size";
import type { DataStore, Endpoint } from "./store";

/** Arguments of {@link Rabbitmq}. */
export interface RabbitmqArgs {
  readonly site: Site;
  readonly namespace: string;
  /** The cluster's name, and that of its Service. */
  readonly clusterName: string;
  /** What each member gets. */
  readonly sizes: StoreSizes;
  readonly queues: readonly QueueDeclaration[];
  /** Who the systems sign in as: the user may use the declared queues, and nothing else. */
  readonly user: string;
  /** The bundle of the user's credentials: `username`, `password` and `uri`. */
  readonly bundle: string;
}

const ports = { amqp: 5672, stream: 5552, prometheus: 15692 } as const;
/** Where members find each other, and where they replicate. */
const memberPorts = [4369, 25672] as const;

/** Seconds that a member has to hand its queues over before it is stopped. */
const graceSeconds = 600;

/**
 * A RabbitMQ cluster: every queue is a quorum queue with a copy on each member unless it says otherwise, and streams are
 * on. (P9, 002, 003)
 */
export class Rabbitmq extends pulumi.ComponentResource implements DataStore {
  readonly endpoints: Readonly<Record<"amqp" | "stream", Endpoint>>;
  readonly credentials: SecretReference;
  readonly resource: pulumi.Resource;
  /** How clients connect: `amqp://USER:PASSWORD@HOST:5672`. A secret. */
  readonly connectionString: pulumi.Output<string>;

  constructor(name: string, args: RabbitmqArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:data:Rabbitmq", name, {}, options);
    const { site, namespace, clusterName, bundle, user } = args;
    const members = pods(namespace, clusterName, { "app.kubernetes.io/name": clusterName });
    const host = `${clusterName}.${namespace}.svc`;
    this.endpoints = {
      amqp: { host, port: ports.amqp, tls: false, pods: members },
      stream: { host, port: ports.stream, tls: false, pods: members },
    };
    const password = site.secrets.value(namespace, bundle, "password");
    this.connectionString = pulumi.secret(
      pulumi.interpolate`amqp://${user}:${password}@${host}:${ports.amqp}`,
    );
    this.credentials = site.secrets.provide(namespace, bundle, {
      username: user,
      uri: this.connectionString,
    });

    this.resource = this.createCluster(name, args, members);
    const inCluster = { site, namespace, clusterName };
    createQueues(`${name}-queue`, { ...inCluster, queues: args.queues }, this, this.resource);
    createRabbitmqUser(
      `${name}-user`,
      { ...inCluster, user, credentials: this.credentials, queues: args.queues },
      this,
      this.resource,
    );
    this.declareNetwork(site, members);
    monitorPods(
      `${name}-monitor`,
      {
        site,
        pods: members,
        port: { name: "prometheus", number: ports.prometheus },
        // By queue: the totals of the other endpoint do not distinguish a stream from a growing queue.
        also: [{ path: "/metrics/detailed", params: { family: ["queue_coarse_metrics"] } }],
        members: replicas(site, 3),
      },
      this,
    );
    if (replicas(site, 3) > 1) {
      disruptionBudget(`${name}-budget`, { site, pods: members, allowed: { maxUnavailable: 1 } }, this);
    }
    this.registerOutputs();
  }

  private createCluster(name: string, args: RabbitmqArgs, members: Pods): pulumi.Resource {
    const { site, namespace, clusterName } = args;
    const size = args.sizes[site.environment];
    const count = replicas(site, 3);
    return new CustomResource(
      `${name}-cluster`,
      {
        apiVersion: "rabbitmq.com/v1beta1",
        kind: "RabbitmqCluster",
        metadata: { name: clusterName, namespace },
        spec: {
          replicas: count,
          image: imageReference(messagingSoftware.rabbitmq.image, site.settings.mirror),
          resources: storeResources(size),
          persistence: { storageClassName: "fast-ssd", storage: size.storage },
          terminationGracePeriodSeconds: graceSeconds,
          affinity: memberAffinity(site.cluster, count, members.labels),
          rabbitmq: {
            additionalPlugins: ["rabbitmq_stream"],
            additionalConfig: [
              "default_queue_type = quorum",
              // A client that declares its queue as a classic one, as most do, gets the quorum queue that is there.
              "quorum_queue.property_equivalence.relaxed_checks_on_redeclaration = true",
              "vm_memory_high_watermark.relative = 0.6",
              "",
            ].join("\n"),
          },
          override: {
            statefulSet: {
              spec: { template: { spec: { containers: [], priorityClassName: "data-store" } } },
            },
          },
        },
      },
      { ...childOptions(this, site, namespace), ...keptWithData(site) },
    );
  }

  private declareNetwork({ network }: Site, members: Pods): void {
    network.allow(members, members, ...memberPorts);
    // Members learn from the API server who the others are.
    network.allow(members, apiServer);
    network.allow(topologyOperator, members, rabbitmqManagementPort);
  }
}
