import { securityOf } from "../../facts/of-container";
import type { ContainerFacts, PodFacts } from "../../facts/pod";
import type { Operator } from "../operator";
import { type Made, madeFor } from "../parts/made";
import { placed } from "../parts/placement";
import { configMap } from "../parts/secret";
import { restricted } from "../parts/security";
import { strimziLabels } from "./labels";
import { agent, controlPlane, listenerPorts, metrics, replication } from "./ports";
import {
  clusterOf,
  type KafkaNode,
  type KafkaSpec,
  kafkaImage,
  kafkaOf,
  kafkaSpec,
  operatorImage,
  type Pool,
  poolsOf,
  templated,
  temporary,
} from "./spec";

const token = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * Strimzi 1.2.0: a pod, its claims and its configuration for each node of a pool. A pool without its Kafka
 * creates nothing.
 */
export const pool: Operator = (resource, around) => {
  const owner = kafkaOf(resource, around);
  if (owner === undefined) return [];
  const cluster = clusterOf(resource);
  const { name, namespace, labels: given } = resource.metadata;
  const pools = poolsOf(cluster, namespace, around);
  const own = pools.find((one) => one.name === name);
  if (own === undefined) return [];
  const kafka = kafkaSpec.parse(owner.spec);
  const labels = { ...strimziLabels(cluster, "kafka", given), "strimzi.io/pool-name": name };
  const controllers = pools.filter(({ spec }) => spec.roles.includes("controller"));
  const voters = controllers.flatMap(({ nodes }) => nodes.map((node) => node.name));
  const broker = own.spec.roles.includes("broker");
  const ports = [...(broker ? [replication, ...listenerPorts(kafka)] : [])];
  return own.nodes
    .flatMap((node): readonly Made[] => {
      const named = { ...labels, "strimzi.io/pod-name": node.name };
      const address = (pod: string, port: number) =>
        `${pod}.${cluster}-kafka-brokers.${namespace}.svc:${port}`;
      return [
        { kind: "Pod", name: node.name, pod: kafkaPod(kafka, own, node, { cluster, labels: named }) },
        ...claims(own, node, labels),
        {
          ...configMap(
            node.name,
            ["cluster.id", "log4j2.properties", "metadata.version", "server.config"],
            named,
          ),
          urls: [
            ...ports.map(({ port }) => address(node.name, port)),
            ...voters.map((voter) => address(voter, controlPlane.port)),
          ],
        },
      ];
    })
    .map(madeFor(resource));
};

/** Names of a node's claims, by the mount of each. */
function volumesOf({ spec: { storage } }: Pool, { name }: KafkaNode) {
  const volumes = "volumes" in storage ? storage.volumes : [storage];
  return volumes.map((volume) => ({
    ...volume,
    claim: "volumes" in storage ? `data-${volume.id}-${name}` : `data-${name}`,
    mount: "volumes" in storage ? `/var/lib/kafka/data-${volume.id}` : "/var/lib/kafka/data",
  }));
}

function claims(own: Pool, node: KafkaNode, labels: Readonly<Record<string, string>>): readonly Made[] {
  return volumesOf(own, node)
    .filter(({ type }) => type === "persistent-claim")
    .map(({ claim, class: storageClass, size }) => ({
      kind: "PersistentVolumeClaim",
      name: claim,
      labels: { ...labels },
      class: storageClass,
      size: size ?? "",
      modes: ["ReadWriteOnce"],
    }));
}

interface PodOptions {
  readonly cluster: string;
  readonly labels: Readonly<Record<string, string>>;
}

function kafkaPod(spec: KafkaSpec, own: Pool, node: KafkaNode, { cluster, labels }: PodOptions): PodFacts {
  const { roles, resources = spec.kafka.resources, template = spec.kafka.template } = own.spec;
  const broker = roles.includes("broker");
  const controller = roles.includes("controller");
  const rack = broker ? spec.kafka.rack : undefined;
  const volumes = volumesOf(own, node);
  const init: ContainerFacts = {
    name: "kafka-init",
    init: true,
    image: operatorImage,
    resources,
    mounts: ["/opt/kafka/init", token],
    security: restricted,
  };
  const where = placed(template?.pod ?? {});
  return {
    labels: {
      ...labels,
      "strimzi.io/broker-role": `${broker}`,
      "strimzi.io/controller": "strimzipodset",
      "strimzi.io/controller-name": `${cluster}-${own.name}`,
      "strimzi.io/controller-role": `${controller}`,
      ...template?.pod?.metadata?.labels,
    },
    serviceAccount: `${cluster}-kafka`,
    automountToken: false,
    ...where,
    nodeAffinity: rack ? inZones(where.nodeAffinity, rack.topologyKey) : where.nodeAffinity,
    security: securityOf(template?.pod?.securityContext) ?? { fsGroup: 0 },
    grace: template?.pod?.terminationGracePeriodSeconds ?? 30,
    volumes: [
      ...volumes.map(({ type, claim }) => (type === "ephemeral" ? "emptyDir" : `claim ${claim}`)),
      `configMap ${node.name}`,
      "emptyDir 1Ki Memory",
      temporary,
      ...(rack ? ["emptyDir 1Mi Memory"] : []),
      "projected",
    ],
    containers: [
      ...(rack ? [init] : []),
      {
        name: "kafka",
        image: kafkaImage(spec),
        ports: [
          agent,
          ...(controller ? [controlPlane] : []),
          ...(broker ? [replication, ...listenerPorts(spec)] : []),
          ...(spec.kafka.metricsConfig ? [metrics] : []),
        ].map((one) => ({ ...one })),
        resources,
        mounts: [
          "/opt/kafka/custom-config/",
          ...(rack ? ["/opt/kafka/init"] : []),
          "/tmp",
          ...volumes.map(({ mount }) => mount),
          "/var/opt/kafka",
          token,
        ],
        ...templated(template?.kafkaContainer),
      },
    ],
  };
}

/** With rack awareness, brokers only run on nodes with a known zone. */
function inZones(given: PodFacts["nodeAffinity"], key: string): PodFacts["nodeAffinity"] {
  const known = { key, operator: "Exists" };
  const terms = given?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [{}];
  return {
    ...given,
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: terms.map((term) => ({
        matchExpressions: [...(term.matchExpressions ?? []), known],
      })),
    },
  };
}
