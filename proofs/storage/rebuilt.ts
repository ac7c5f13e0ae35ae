import type { ClaimOf } from "./claims";

/** A volume whose content is made again after its loss. */
interface Rebuilt {
  /** Names of claims. */
  readonly claims: RegExp;
  /** The chart's release, or `Kind/` of the custom resource, that makes them. */
  readonly maker: string;
  readonly because: string;
}

/** All of them: every other volume of a stack that protects data outlives its claim. */
const rebuilt: readonly Rebuilt[] = [
  {
    claims: /^logs-volume$/,
    maker: "MongoDBCommunity/",
    because: "the logs of server and agent: they are collected from the containers",
  },
  {
    claims: /^node-conf$/,
    maker: "RedisCluster/",
    because:
      "nodes.conf: a node without it claims the slots of the keys that it has, and the operator joins it",
  },
  {
    claims: /^qdrant-snapshots$/,
    maker: "qdrant",
    because:
      "a snapshot is copied to the bucket as soon as it is made; the collections have a volume of their own",
  },
  {
    claims: /^data$/,
    maker: "harbor-redis",
    because: "Harbor's queue and cache: it asks for jobs again",
  },
  {
    claims: /^storage$/,
    maker: "loki",
    because: "blocks are in the bucket; what is not there yet is less than an hour of logs",
  },
  {
    claims: /^storage$/,
    maker: "tempo",
    because: "blocks are in the bucket; what is not there yet is less than an hour of traces",
  },
  {
    claims: /^prometheus-/,
    maker: "Prometheus/",
    because: "metrics of thirty days: measuring goes on, and production has two copies",
  },
  {
    claims: /^alertmanager-/,
    maker: "Alertmanager/",
    because: "silences and what was notified: what still fires is notified again",
  },
];

/** Whether a volume's content is made again. */
export function isRebuilt({ name, of: { name: owner, origin } }: ClaimOf): boolean {
  return rebuilt.some(({ claims, maker }) => {
    if (!claims.test(name)) return false;
    return origin.by === "operator" ? origin.of.startsWith(maker) : owner === maker;
  });
}
