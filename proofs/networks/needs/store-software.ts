import { nameLabel as name, type SoftwareCall } from "./software-call";

const cnpg = { operator: { [name]: "cloudnative-pg" }, instance: { "cnpg.io/podRole": "instance" } };

const cnpgSource = "CloudNativePG: Networking (read 2026-11)";

const strimziSource =
  "Strimzi: Network policies, ports of the cluster operator's own listeners (read 2026-11)";

const kafka = { "app.kubernetes.io/name": "kafka" };

const rabbitmq = { "app.kubernetes.io/component": "rabbitmq" };

const rabbitmqSource = "RabbitMQ: Networking, ports; Messaging topology operator (read 2026-11)";

const redisSource =
  "OT-CONTAINER-KIT/redis-operator: it runs its commands over the network; Redis: Cluster specification";

/** What data stores, their operators and their proxies call. */
export const storeCalls: readonly SoftwareCall[] = [
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
