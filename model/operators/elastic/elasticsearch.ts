import type { Labels } from "../../facts/object";
import type { Operator } from "../operator";
import { claimsOf } from "../parts/claim";
import { type Made, madeFor, ordinals } from "../parts/made";
import { configMap, secret, tlsKeys } from "../parts/secret";
import { port, service } from "../parts/service";
import { associationLabels, elasticsearchOf } from "./association";
import { nodePod } from "./node";
import { publicCertificate, watched } from "./parts";
import { type Cluster, type ElasticsearchSpec, elasticsearchSpec, type NodeSet } from "./spec";

/** ECK 3.5.0 without a licence: a StatefulSet and a Service for each node set, Services, a budget, Secrets, configuration. */
export const elasticsearch: Operator = (resource, around) => {
  const { name, namespace } = resource.metadata;
  const spec = elasticsearchSpec.parse(resource.spec);
  const plain = spec.http?.tls?.selfSignedCertificate?.disabled === true;
  const cluster: Cluster = {
    name,
    version: spec.version,
    image: spec.image ?? `docker.elastic.co/elasticsearch/elasticsearch:${spec.version}`,
    scheme: plain ? "http" : "https",
    zoneKey: spec.nodeSets.find(({ zoneAwareness }) => zoneAwareness)?.zoneAwareness?.topologyKey,
  };
  const labels = clusterLabels(name);
  const { "eck.k8s.elastic.co/watched": _, ...selector } = labels;
  const http = port(cluster.scheme, 9200);
  const kibanas = around
    .resources("kibana.k8s.elastic.co/Kibana", namespace)
    .filter(({ spec: kibana }) => elasticsearchOf(kibana) === name)
    .map(({ metadata }) => metadata.name);
  return [
    ...spec.nodeSets.flatMap((set) => nodeSet(cluster, set, selector)),
    service({ name: `${name}-es-http`, labels, selector, ports: [http] }),
    service({ name: `${name}-es-internal-http`, labels, selector, ports: [http] }),
    service({
      name: `${name}-es-transport`,
      labels,
      selector,
      ports: [port("tls-transport", 9300)],
      headless: true,
    }),
    ...budget(name, spec),
    {
      ...configMap(`${name}-es-scripts`, scripts, labels),
      urls: [`${name}-es-internal-http.${namespace}.svc:9200`],
    },
    configMap(`${name}-es-unicast-hosts`, ["unicast_hosts.txt"], labels),
    ...secrets(name, spec, labels),
    ...kibanas.map((kibana) =>
      secret(`${namespace}-${kibana}-kibana-user`, ["hash", "name"], {
        "common.k8s.elastic.co/type": "service-account-token",
        ...watched,
        ...associationLabels(name, kibana, namespace),
      }),
    ),
  ].map(madeFor(resource));
};

function clusterLabels(name: string): Record<string, string> {
  return {
    "common.k8s.elastic.co/type": "elasticsearch",
    ...watched,
    "elasticsearch.k8s.elastic.co/cluster-name": name,
  };
}

const scripts = [
  "pre-stop-hook-script.sh",
  "prepare-fs.sh",
  "readiness-port-script.sh",
  "readiness-probe-script.sh",
  "suspend.sh",
  "suspended_pods.txt",
];

function nodeSet(cluster: Cluster, set: NodeSet, selector: Labels): readonly Made[] {
  const name = `${cluster.name}-es-${set.name}`;
  const own = { "elasticsearch.k8s.elastic.co/statefulset-name": name };
  const labels = { ...clusterLabels(cluster.name), ...own };
  const certificates = ordinals(set.count).flatMap((index) =>
    tlsKeys.map((key) => `${name}-${index}.${key}`),
  );
  return [
    {
      kind: "StatefulSet",
      name,
      labels,
      replicas: set.count,
      pod: nodePod(cluster, set, labels),
      claims: claimsOf(set.volumeClaimTemplates),
    },
    service({
      name,
      labels,
      selector: { ...selector, ...own },
      ports: [port(cluster.scheme, 9200)],
      headless: true,
    }),
    secret(`${name}-es-config`, ["elasticsearch.yml"], labels),
    secret(`${name}-es-transport-certs`, ["ca.crt", ...certificates], labels),
  ];
}

/**
 * One budget for all nodes. In a green cluster one node may go, unless it is the only one that can be master,
 * hold data or ingest. In any other state none may.
 */
function budget(name: string, { nodeSets, podDisruptionBudget: given }: ElasticsearchSpec): readonly Made[] {
  const made: Made = {
    kind: "PodDisruptionBudget",
    name: `${name}-es-default`,
    labels: clusterLabels(name),
    selector: { "elasticsearch.k8s.elastic.co/cluster-name": name },
  };
  if (given !== undefined) return given.spec === undefined ? [] : [{ ...made, ...given.spec }];
  const count = (...roles: readonly string[]) =>
    nodeSets
      .filter(({ config }) => {
        const own = config?.["node.roles"];
        return roles.length === 0 || own === undefined || own.some((role) => roles.includes(role));
      })
      .reduce((sum, set) => sum + set.count, 0);
  const nodes = count();
  const alone = [count("master"), count("data", "data_hot", "data_content"), count("ingest")].includes(1);
  return [{ ...made, minAvailable: nodes === 1 ? 0 : nodes - (alone ? 0 : 1) }];
}

function secrets(name: string, { auth }: ElasticsearchSpec, labels: Labels): readonly Made[] {
  const own = (part: string, keys: readonly string[], more?: Labels) =>
    secret(`${name}-es-${part}`, keys, { ...labels, ...more });
  const credentials = { "eck.k8s.elastic.co/credentials": "true" };
  return [
    own("file-settings", ["settings.json"], { "asset.policy.k8s.elastic.co/on-delete": "reset" }),
    own("http-ca-internal", tlsKeys),
    own("http-certs-internal", ["ca.crt", ...tlsKeys]),
    own("http-certs-public", publicCertificate),
    own(
      "internal-users",
      [
        "elastic-internal",
        "elastic-internal-diagnostics",
        "elastic-internal-monitoring",
        "elastic-internal-pre-stop",
        "elastic-internal-probe",
      ],
      credentials,
    ),
    own("remote-ca", ["ca.crt"]),
    own("transport-ca-internal", tlsKeys),
    own("transport-certs-public", ["ca.crt"]),
    own("xpack-file-realm", ["roles.yml", "service_tokens", "users", "users_roles"]),
    ...(auth?.disableElasticUser ? [] : [own("elastic-user", ["elastic"], credentials)]),
  ];
}
