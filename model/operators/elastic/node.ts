import type { Labels } from "../../facts/object";
import type { ContainerFacts, PodFacts } from "../../facts/pod";
import { merged } from "../parts/pod-template";
import { initResources } from "./parts";
import type { Cluster, NodeSet } from "./spec";

/** ECK 3.5.0's defaults for the server. */
const defaultResources = { requests: { memory: "2Gi" }, limits: { memory: "2Gi" } };

/** Roles with labels of their own; a node without a list of roles has all but the last. */
const roles = [
  "data",
  "data_cold",
  "data_content",
  "data_frozen",
  "data_hot",
  "data_warm",
  "ingest",
  "master",
  "ml",
  "remote_cluster_client",
  "transform",
  "voting_only",
];

const internal = "/mnt/elastic-internal";
const config = "/usr/share/elasticsearch/config";

const shared = [
  `${internal}/downward-api`,
  `${internal}/elasticsearch-config`,
  `${internal}/pod-mounted-users`,
  `${internal}/scripts`,
  `${internal}/unicast-hosts`,
  `${internal}/xpack-file-realm`,
  "/tmp",
  `${config}/http-certs`,
  `${config}/operator`,
  `${config}/transport-remote-certs/`,
  "/usr/share/elasticsearch/data",
  "/usr/share/elasticsearch/logs",
];

const prepared = [
  ...shared,
  "/usr/share/elasticsearch/bin",
  config,
  `${config}/transport-certs`,
  "/usr/share/elasticsearch/plugins",
];

const preparing = [
  ...shared,
  `${internal}/elasticsearch-bin-local`,
  `${internal}/elasticsearch-config-local`,
  `${internal}/elasticsearch-plugins-local`,
  `${internal}/transport-certificates`,
];

const security = {
  runAsNonRoot: true,
  readOnlyRootFilesystem: true,
  allowPrivilegeEscalation: false,
  drop: ["ALL"],
};

/** A pod of a node set. Without other placement, nodes of a cluster avoid each other where they can. */
export function nodePod(cluster: Cluster, set: NodeSet, labels: Labels): PodFacts {
  const { name, image, scheme } = cluster;
  const statefulSet = `${name}-es-${set.name}`;
  const ofCluster = { "elasticsearch.k8s.elastic.co/cluster-name": name };
  const container = (facts: Pick<ContainerFacts, "name" | "mounts">): ContainerFacts => ({
    ...facts,
    image,
    security,
  });
  const server = {
    ...container({ name: "elasticsearch", mounts: prepared }),
    ports: [
      { name: scheme, port: 9200 },
      { name: "transport", port: 9300 },
    ],
    resources: defaultResources,
  };
  const own: PodFacts = {
    labels: {
      ...labels,
      "elasticsearch.k8s.elastic.co/http-scheme": scheme,
      "elasticsearch.k8s.elastic.co/version": cluster.version,
      ...roleLabels(set.config?.["node.roles"]),
    },
    automountToken: false,
    antiAffinity: [{ required: false, topologyKey: "kubernetes.io/hostname", labels: ofCluster }],
    security: { fsGroup: 1000, seccomp: "RuntimeDefault" },
    grace: 180,
    volumes: [
      "downwardAPI",
      `configMap ${name}-es-scripts`,
      `configMap ${name}-es-unicast-hosts`,
      ...["bin", "config", "plugins", "logs", "tmp"].map(() => "emptyDir"),
      `secret ${statefulSet}-es-config`,
      `secret ${statefulSet}-es-transport-certs`,
      ...["file-settings", "http-certs-internal", "internal-users", "remote-ca", "xpack-file-realm"].map(
        (part) => `secret ${name}-es-${part}`,
      ),
    ],
    containers: [
      {
        ...container({ name: "elastic-internal-init-filesystem", mounts: preparing }),
        init: true,
        resources: initResources,
      },
      server,
    ],
  };
  const pod = merged(own, set.podTemplate);
  return inZones({ ...pod, containers: withSuspension(pod.containers) }, cluster, set, statefulSet);
}

/** An init container that suspends a pod on demand, with the resources of its server. */
function withSuspension(containers: readonly ContainerFacts[]): ContainerFacts[] {
  const server = containers.find(({ name }) => name === "elasticsearch");
  if (server === undefined) return [...containers];
  const { ports: _, ...same } = server;
  const suspension = { ...same, name: "elastic-internal-suspend", init: true };
  return containers.flatMap((one) => (one === server ? [suspension, one] : [one]));
}

function inZones(pod: PodFacts, { name, zoneKey }: Cluster, set: NodeSet, statefulSet: string): PodFacts {
  const key = set.zoneAwareness?.topologyKey ?? zoneKey;
  if (key === undefined) return pod;
  const given = pod.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [{}];
  const terms = given.map(({ matchExpressions = [] }) => ({
    matchExpressions: [...matchExpressions, { key, operator: "Exists" }],
  }));
  const spread = {
    topologyKey: key,
    when: "DoNotSchedule",
    labels: {
      "elasticsearch.k8s.elastic.co/cluster-name": name,
      "elasticsearch.k8s.elastic.co/statefulset-name": statefulSet,
    },
  };
  return {
    ...pod,
    nodeAffinity: {
      ...pod.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
    },
    spread: set.zoneAwareness ? [...(pod.spread ?? []), spread] : pod.spread,
  };
}

function roleLabels(given: readonly string[] | undefined): Record<string, string> {
  const has = (role: string) =>
    given === undefined
      ? role !== "voting_only"
      : given.includes(role) || (role.startsWith("data_") && given.includes("data"));
  return Object.fromEntries(
    roles.map((role) => [`elasticsearch.k8s.elastic.co/node-${role}`, `${has(role)}`]),
  );
}
