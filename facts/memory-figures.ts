/** How a figure is known. */
export type KnownBy =
  /** Its makers publish it, or the setting that bounds it. */
  | "documented"
  /** Somebody ran it and looked. */
  | "measured"
  /** Worked out of what it holds at this size; to be replaced by a measurement. */
  | "reckoned";

/** What a piece of software takes of its container's memory limit, and how that is known. */
export interface MemoryFigure {
  /** What its containers' images end with, before the tag. */
  readonly image: string;
  /** Containers of the image that it holds for, by a part of their names. @default all that no other figure of the image names */
  readonly container?: string;
  /** Mebibytes at a limit of so many: software that sizes itself by the limit takes a share of it. */
  readonly takes: (limit: number) => number;
  readonly knownBy: KnownBy;
  /** What is behind it, in a sentence. */
  readonly because: string;
}

const constant =
  (mebibytes: number): MemoryFigure["takes"] =>
  () =>
    mebibytes;
const share =
  (part: number, more = 0): MemoryFigure["takes"] =>
  (limit) =>
    part * limit + more;

/**
 * A figure for each container of a data store or of observability that runs all the time. Sources are of 2026-11: the makers'
 * documentation, their charts' and operators' own defaults, and reports of what was measured.
 */
export const memoryFigures: readonly MemoryFigure[] = [
  {
    image: "valkey/valkey",
    takes: share(0.85),
    knownBy: "documented",
    because:
      "`maxmemory` is 75 % of the limit, by the operator's maxMemoryPercentOfLimit; clients' and replicas' buffers and the pages that a snapshot copies come on top.",
  },
  {
    image: "valkey/valkey",
    container: "sentinel",
    takes: constant(16),
    knownBy: "documented",
    because:
      "An empty server takes 3 MB (Redis, FAQ); a Sentinel keeps the addresses of a few servers and no keys.",
  },
  {
    image: "redis_exporter",
    takes: constant(24),
    knownBy: "reckoned",
    because: "A Go process that keeps the answer to one scrape of one server.",
  },
  {
    image: "timescaledb-ha",
    takes: share(0.25, 228),
    knownBy: "reckoned",
    because:
      "`shared_buffers` is a quarter of the request, so no more than that of the limit; 64 MiB for maintenance, and 20 connections of the pool with 4 MiB of `work_mem` and as much of their own. What is left caches files.",
  },
  {
    image: "plugin-barman-cloud-sidecar",
    takes: constant(160),
    knownBy: "reckoned",
    because:
      "A Go process, and beside it one process of barman-cloud at a time, which holds two parts of an upload of 20 MiB each.",
  },
  {
    image: "cloudnative-pg/pgbouncer",
    takes: constant(32),
    knownBy: "documented",
    because: "2 kB for each connection (PgBouncer, features), and a TLS context for each.",
  },
  {
    image: "mongodb-community-server",
    takes: (limit) => Math.max(256, (limit - 1024) / 2) + 300,
    knownBy: "documented",
    because:
      "WiredTiger's cache is the larger of 256 MB and half of what the limit has above 1 GB (MongoDB manual, cacheSizeGB); 1 MB for each of 200 connections, and the process.",
  },
  {
    image: "mongodb-agent",
    takes: constant(160),
    knownBy: "reckoned",
    because: "A Go process that looks after one server; its operator's own default is 500 MB.",
  },
  {
    image: "library/rabbitmq",
    takes: share(0.6),
    knownBy: "documented",
    because:
      "Publishers are blocked at `vm_memory_high_watermark` 0.6 of the limit (RabbitMQ, memory alarms).",
  },
  {
    image: "strimzi/kafka",
    takes: share(0.5, 300),
    knownBy: "documented",
    because:
      "Strimzi gives the heap half of the limit, 5 GB at most; 300 MiB for metaspace, threads and buffers. The rest caches the log.",
  },
  {
    image: "strimzi/kafka",
    container: "kafka-exporter",
    takes: constant(40),
    knownBy: "reckoned",
    because: "A Go process that keeps the offsets of a few dozen partitions.",
  },
  {
    image: "qdrant/qdrant",
    takes: share(0.5, 80),
    knownBy: "documented",
    because:
      "Number of vectors × dimensions × 4 bytes × 1.5 (Qdrant, capacity planning): 450,000 vectors of 768 dimensions are 2 GiB, half of production's limit.",
  },
  {
    image: "elasticsearch/elasticsearch",
    takes: share(0.75),
    knownBy: "documented",
    because:
      "The heap is half of the limit, and direct memory may take half as much again (Elasticsearch, JVM settings).",
  },
  {
    image: "kibana/kibana",
    takes: constant(1024),
    knownBy: "documented",
    because: "ECK's own default for Kibana is 1Gi.",
  },
  {
    image: "prometheus/prometheus",
    takes: share(0.55),
    knownBy: "reckoned",
    because:
      "7.5 KiB for each series of the last hours (Cardinality Cloud's sizing): 300,000 series in production are 2.2 GiB; queries take what is left.",
  },
  {
    image: "prometheus/alertmanager",
    takes: constant(40),
    knownBy: "reckoned",
    because: "A Go process that keeps some hundred alerts.",
  },
  {
    image: "prometheus-operator/prometheus-operator",
    takes: constant(100),
    knownBy: "documented",
    because: "kube-prometheus requests 100Mi for it.",
  },
  {
    image: "prometheus-config-reloader",
    takes: constant(50),
    knownBy: "documented",
    because: "The operator's own default limit is 50Mi.",
  },
  {
    image: "kube-state-metrics",
    takes: (limit) => (limit > 200 ? 250 : 100),
    knownBy: "documented",
    because:
      "250 MiB for about a hundred nodes (kube-state-metrics, scaling), without Secrets and ConfigMaps less; outside production there are a dozen nodes.",
  },
  {
    image: "prometheus/node-exporter",
    takes: constant(64),
    knownBy: "measured",
    because: "50Mi were not enough on nodes with many pods and mounts (harvester/harvester 1531).",
  },
  {
    image: "grafana/grafana",
    takes: constant(512),
    knownBy: "documented",
    because:
      "512 MB are the least that Grafana recommends; since version 12 each kind of data source is a process of its own.",
  },
  {
    image: "kiwigrid/k8s-sidecar",
    takes: constant(100),
    knownBy: "documented",
    because: "The chart's own example is 100Mi: a Python process with a client of the API server.",
  },
  {
    image: "grafana/loki",
    takes: share(0.6),
    knownBy: "reckoned",
    because:
      "A chunk of up to 1.5 MB in memory for each stream: 500 streams in production are 750 MB, and as much again while they are flushed and queried.",
  },
  {
    image: "grafana/tempo",
    takes: share(0.5),
    knownBy: "reckoned",
    because: "Traces of the last minutes, before they are cut into blocks of a few hundred MB.",
  },
  {
    image: "opentelemetry-collector-k8s",
    takes: share(0.8),
    knownBy: "documented",
    because: "`memory_limiter` refuses spans from 80 % of the limit on.",
  },
  {
    image: "fluent/fluent-bit",
    takes: constant(80),
    knownBy: "documented",
    because:
      "16 chunks of 2 MB in memory (`storage.max_chunks_up`), 16 MB of backlog (`storage.backlog.mem_limit`), and 30 MB of its own.",
  },
  {
    image: "dcgm-exporter",
    takes: constant(512),
    knownBy: "measured",
    because:
      "467 to 491 MiB on nodes with one A10G (pytorch/ci-infra 1011, NVIDIA/dcgm-exporter 609); with a limit of 512Mi it was ended.",
  },
  {
    image: "nvidia/k8s-device-plugin",
    takes: constant(40),
    knownBy: "reckoned",
    because: "A Go process that lists a node's cards.",
  },
  {
    image: "burakince/mlflow",
    takes: (limit) => (limit > 1024 ? 860 : 400),
    knownBy: "measured",
    because:
      "860 MiB with four workers and without its backend of jobs, which takes 1,500 MiB alone and is off; outside production there is one worker.",
  },
  {
    image: "goharbor/harbor-db",
    takes: constant(400),
    knownBy: "reckoned",
    because: "PostgreSQL with 128 MB of `shared_buffers` and up to 60 connections of Harbor's services.",
  },
  {
    image: "goharbor/harbor-exporter",
    takes: constant(40),
    knownBy: "reckoned",
    because: "A Go process that keeps the counts of a few projects.",
  },
  {
    image: "goharbor/redis-photon",
    takes: constant(128),
    knownBy: "reckoned",
    because: "Jobs and sessions, and a cache of manifests, of some thousand images.",
  },
];

/** The figure of a container; undefined where there is none. */
export function memoryFigure(image: string, container: string): MemoryFigure | undefined {
  const name = image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
  const own = memoryFigures.filter((figure) => name.endsWith(figure.image));
  return (
    own.find((figure) => figure.container !== undefined && container.includes(figure.container)) ??
    own.find((figure) => figure.container === undefined)
  );
}
