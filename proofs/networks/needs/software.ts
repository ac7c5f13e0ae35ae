import type { Labels } from "../../../model/facts/object";

/** Pods as their labels tell them apart. */
interface Selected {
  readonly labels: Labels;
  /** A label whose value both ends share: the name of the cluster of databases that they belong to. */
  readonly same?: string;
}

/** A call that software makes without being told an address: by its documentation or its source. */
export interface SoftwareCall {
  readonly from: Labels;
  readonly to: Selected;
  readonly ports: readonly (number | { readonly port: number; readonly protocol: "UDP" })[];
  /**
   * The Service that is called; values of the called pods' labels in braces. Undefined: the pods' own addresses.
   */
  readonly service?: string;
  /** Port of the Service. Default: the pods'. */
  readonly servicePort?: number;
  /** Whether both are in one namespace. Default: false. */
  readonly beside?: true;
  readonly why: string;
  readonly source: string;
}

const name = "app.kubernetes.io/name";
const cnpg = { operator: { [name]: "cloudnative-pg" }, instance: { "cnpg.io/podRole": "instance" } };
const cnpgSource = "CloudNativePG: Networking (read 2026-11)";
const strimziSource =
  "Strimzi: Network policies, ports of the cluster operator's own listeners (read 2026-11)";
const kafka = { "app.kubernetes.io/name": "kafka" };
const rabbitmq = { "app.kubernetes.io/component": "rabbitmq" };
const rabbitmqSource = "RabbitMQ: Networking, ports; Messaging topology operator (read 2026-11)";
const redisSource =
  "OT-CONTAINER-KIT/redis-operator: it runs its commands over the network; Redis: Cluster specification";

export const softwareCalls: readonly SoftwareCall[] = [
  {
    from: cnpg.operator,
    to: { labels: cnpg.instance },
    ports: [8000, 5432],
    why: "looks after instances",
    source: cnpgSource,
  },
  {
    from: cnpg.operator,
    to: { labels: { [name]: "plugin-barman-cloud" } },
    ports: [9090],
    service: "barman-cloud",
    why: "talks to the plugin for backups",
    source: "Barman Cloud CNPG-I plugin: Installation (read 2026-11)",
  },
  {
    from: cnpg.instance,
    to: { labels: cnpg.instance, same: "cnpg.io/cluster" },
    ports: [5432],
    service: "{cnpg.io/cluster}-rw",
    beside: true,
    why: "follows the primary",
    source: cnpgSource,
  },
  {
    from: { "cnpg.io/jobRole": "join" },
    to: { labels: cnpg.instance, same: "cnpg.io/cluster" },
    ports: [5432],
    service: "{cnpg.io/cluster}-rw",
    beside: true,
    why: "copies the primary before it joins",
    source: cnpgSource,
  },
  {
    from: { "cnpg.io/podRole": "pooler" },
    to: { labels: cnpg.instance, same: "cnpg.io/cluster" },
    ports: [5432],
    service: "{cnpg.io/cluster}-rw",
    beside: true,
    why: "pools connections to the primary",
    source: "CloudNativePG: Connection pooling (read 2026-11)",
  },
  {
    from: { "strimzi.io/kind": "cluster-operator" },
    to: { labels: kafka },
    ports: [9090, 9091, 8443],
    why: "looks after brokers and controllers",
    source: strimziSource,
  },
  {
    from: kafka,
    to: { labels: kafka, same: "strimzi.io/cluster" },
    ports: [9090, 9091],
    beside: true,
    why: "replicates and elects",
    source: strimziSource,
  },
  {
    from: { [name]: "entity-operator" },
    to: { labels: kafka, same: "strimzi.io/cluster" },
    ports: [9091],
    service: "{strimzi.io/cluster}-kafka-bootstrap",
    beside: true,
    why: "keeps topics and users",
    source: strimziSource,
  },
  {
    from: { [name]: "kafka-exporter" },
    to: { labels: kafka, same: "strimzi.io/cluster" },
    ports: [9091],
    service: "{strimzi.io/cluster}-kafka-bootstrap",
    beside: true,
    why: "reads how far consumers are",
    source: strimziSource,
  },
  {
    from: { [name]: "rabbitmq-topology-operator" },
    to: { labels: rabbitmq },
    ports: [15672],
    service: "{app.kubernetes.io/name}",
    why: "makes queues and users by the management API",
    source: rabbitmqSource,
  },
  {
    from: rabbitmq,
    to: { labels: rabbitmq, same: name },
    ports: [4369, 25672],
    beside: true,
    why: "clusters",
    source: rabbitmqSource,
  },
  {
    from: { name: "redis-operator" },
    to: { labels: { redis_setup_type: "cluster" } },
    ports: [6379],
    why: "forms clusters",
    source: redisSource,
  },
  {
    from: { name: "redis-operator" },
    to: { labels: { redis_setup_type: "replication" } },
    ports: [6379],
    why: "chooses the master",
    source: redisSource,
  },
  {
    from: { name: "redis-operator" },
    to: { labels: { redis_setup_type: "sentinel" } },
    ports: [26379],
    why: "tells sentinels what to watch",
    source: redisSource,
  },
  {
    from: { redis_setup_type: "cluster" },
    to: { labels: { redis_setup_type: "cluster" }, same: "cluster" },
    ports: [6379, 16379],
    beside: true,
    why: "shares the cluster's state",
    source: redisSource,
  },
  {
    from: { redis_setup_type: "replication" },
    to: { labels: { redis_setup_type: "replication" }, same: "app" },
    ports: [6379],
    beside: true,
    why: "follows the master",
    source: redisSource,
  },
  {
    from: { redis_setup_type: "sentinel" },
    to: { labels: { redis_setup_type: "replication" } },
    ports: [6379],
    beside: true,
    why: "watches the master",
    source: "Redis: High availability with Sentinel (read 2026-11)",
  },
  {
    from: { redis_setup_type: "sentinel" },
    to: { labels: { redis_setup_type: "sentinel" }, same: "app" },
    ports: [26379],
    beside: true,
    why: "agrees with the others",
    source: "Redis: High availability with Sentinel (read 2026-11)",
  },
  {
    from: { [name]: "elastic-operator" },
    to: { labels: { "common.k8s.elastic.co/type": "elasticsearch" } },
    ports: [9200],
    service: "{elasticsearch.k8s.elastic.co/cluster-name}-es-internal-http",
    why: "looks after the cluster by its API",
    source: "elastic/cloud-on-k8s: the internal HTTP Service; Elasticsearch: Networking",
  },
  {
    from: { "common.k8s.elastic.co/type": "elasticsearch" },
    to: {
      labels: { "common.k8s.elastic.co/type": "elasticsearch" },
      same: "elasticsearch.k8s.elastic.co/cluster-name",
    },
    ports: [9300],
    beside: true,
    why: "clusters",
    source: "Elasticsearch: Networking",
  },
  {
    from: { "common.k8s.elastic.co/type": "kibana" },
    to: { labels: { "common.k8s.elastic.co/type": "elasticsearch" } },
    ports: [9200],
    service: "{elasticsearch.k8s.elastic.co/cluster-name}-es-http",
    beside: true,
    why: "shows what is kept there",
    source: "elastic/cloud-on-k8s: elasticsearchRef of Kibana",
  },
  {
    from: { app: "ai-middleware-mongodb-svc" },
    to: { labels: { app: "ai-middleware-mongodb-svc" } },
    ports: [27017],
    beside: true,
    why: "replicates",
    source: "MongoDB: Default ports; its agents look after the members at the same address",
  },
  {
    from: { [name]: "nginx-ingress" },
    to: { labels: { "acme.cert-manager.io/http01-solver": "true" } },
    ports: [8089],
    why: "leads Let's Encrypt to the answer",
    source: "cert-manager: HTTP01; acmesolver listens on 8089",
  },
  {
    from: { [name]: "prometheus" },
    to: { labels: { [name]: "alertmanager" } },
    ports: [9093],
    why: "sends alerts, at the pods' own addresses",
    source: "kube-prometheus-stack: alerting of its Prometheus",
  },
  {
    from: { [name]: "alertmanager" },
    to: { labels: { [name]: "alertmanager" } },
    ports: [9094, { port: 9094, protocol: "UDP" }],
    beside: true,
    why: "shares what was told",
    source: "Alertmanager: High availability",
  },
  {
    from: { [name]: "opentelemetry-collector" },
    to: { labels: { [name]: "opentelemetry-collector" } },
    ports: [4319],
    beside: true,
    why: "gives spans to the collector that decides on their trace",
    source: "OpenTelemetry Collector: load-balancing exporter; the collector's configuration",
  },
  {
    from: { [name]: "loki" },
    to: { labels: { [name]: "loki" } },
    ports: [7946, 9095],
    beside: true,
    why: "shares the ring, and queries",
    source: "Loki: memberlist and gRPC ports of its server",
  },
  {
    from: { [name]: "fluent-bit" },
    to: { labels: { [name]: "loki" } },
    ports: [3100],
    service: "loki",
    why: "hands logs over",
    source: "Fluent Bit: Loki output; its configuration's Host and Port",
  },
  {
    from: { [name]: "fluent-bit" },
    to: { labels: { "common.k8s.elastic.co/type": "elasticsearch" } },
    ports: [9200],
    service: "elasticsearch",
    why: "hands logs over",
    source: "Fluent Bit: Elasticsearch output; its configuration's Host and Port",
  },
  ...(
    [
      ["loki", 3100, "loki"],
      ["tempo", 3200, "tempo"],
      ["prometheus", 9090, "kube-prometheus-stack-prometheus"],
      ["alertmanager", 9093, "kube-prometheus-stack-alertmanager"],
    ] as const
  ).map(([store, port, service]) => ({
    from: { [name]: "grafana" },
    to: { labels: { [name]: store } },
    ports: [port],
    service,
    why: "shows what is kept there",
    source: "Grafana: data sources, which its sidecar reads from ConfigMaps",
  })),
  {
    from: { [name]: "qdrant" },
    to: { labels: { [name]: "qdrant" } },
    ports: [6335],
    beside: true,
    why: "agrees on collections",
    source: "Qdrant: Distributed deployment",
  },
  {
    from: { component: "haproxy", app: "redis-ha-haproxy" },
    to: { labels: { app: "redis-ha" } },
    ports: [6379, 26379],
    beside: true,
    why: "finds and checks the master",
    source: "argo-helm redis-ha: haproxy.cfg",
  },
  {
    from: { app: "redis-ha" },
    to: { labels: { app: "redis-ha" } },
    ports: [6379, 26379],
    beside: true,
    why: "follows the master, and elects one",
    source: "argo-helm redis-ha: redis.conf, sentinel.conf",
  },
  ...["application-controller", "server", "repo-server"].map((part) => ({
    from: { [name]: `argocd-${part}` },
    to: { labels: { app: "redis-ha-haproxy" } },
    ports: [6379],
    service: "argocd-redis-ha-haproxy",
    beside: true as const,
    why: "keeps what it has rendered and read",
    source: "Argo CD: High availability, redis; argocd-cmd-params-cm redis.server",
  })),
  ...["application-controller", "server"].map((part) => ({
    from: { [name]: `argocd-${part}` },
    to: { labels: { [name]: "argocd-repo-server" } },
    ports: [8081],
    service: "argocd-repo-server",
    beside: true as const,
    why: "has manifests rendered",
    source: "Argo CD: Component architecture; argocd-cmd-params-cm repo.server",
  })),
];
