import type { Labels } from "../../../model/facts/object";
import type { Workload } from "../../../model/model";
import { type Call, podEnd } from "../call";
import { type Context, callsToService, type Need } from "../context";

const source = "the store that writes the address into the Secret: infra/data, infra/secrets/bundles";

/** A Secret with the connection to a store, whose text no plan shows. */
interface Credentials {
  /** The Secret, and the key with the address; undefined means any key. */
  readonly secret: string;
  readonly key?: string;
  /**
   * The Service of the Secret's store. Nothing is called where it does not exist: some clouds run the store
   * themselves.
   */
  readonly service: string;
  readonly port: number;
  /** Further pods to which clients are redirected, as in Redis Cluster. */
  readonly also?: Labels;
}

const credentials: readonly Credentials[] = [
  { secret: "redis-credentials", key: "url", service: "redis-master", port: 6379 },
  { secret: "timescaledb-secrets", key: "url", service: "featurestore", port: 5433 },
  {
    secret: "market-data-redis",
    key: "uri",
    service: "market-data-redis-leader",
    port: 6379,
    also: { cluster: "market-data-redis" },
  },
  { secret: "ai-middleware-secrets", key: "mongodb-uri", service: "ai-middleware-mongodb-svc", port: 27017 },
  { secret: "ai-middleware-secrets", key: "rabbitmq-uri", service: "rabbitmq", port: 5672 },
  {
    secret: "ai-middleware-secrets",
    key: "redis-uri",
    service: "redis-leader",
    port: 6379,
    also: { cluster: "redis" },
  },
  { secret: "ai-middleware-secrets", key: "timescale-uri", service: "timescale", port: 5432 },
  { secret: "aiaas-rabbitmq", service: "rabbitmq", port: 5672 },
  { secret: "aiaas-redis", service: "redis-master", port: 6379 },
  { secret: "analytics-postgresql", service: "analytics-database", port: 5432 },
  { secret: "user-organization-database", service: "user-organization-database", port: 5432 },
];

/** Services reach the stores whose credentials they read. */
export const callsByCredentials: Need = (context) =>
  context.workloads
    .filter(({ kind }) => kind === "Deployment")
    .flatMap((workload) => {
      const read = secretsOf(workload);
      return credentials
        .filter(({ secret, key }) => read.has(secret) || (key !== undefined && read.has(`${secret}/${key}`)))
        .flatMap((one) => callsTo(context, workload, one));
    });

/** Mounted Secrets, and `secret/key` of single keys. */
function secretsOf({ pod }: Workload): ReadonlySet<string> {
  const refs = [...pod.containers.flatMap((container) => container.refs ?? []), ...(pod.volumes ?? [])];
  return new Set(refs.flatMap((ref) => /^secret (\S+)/.exec(ref)?.[1] ?? []));
}

function callsTo(context: Context, workload: Workload, one: Credentials): readonly Call[] {
  const { cluster, namespace } = workload;
  const service = context.model.find({ cluster, kind: "Service", namespace, name: one.service });
  if (service === undefined) return [];
  const reason = { why: `reads the credentials ${one.secret} of ${one.service}`, source };
  const sentOn = one.also
    ? context.services.selectedBy(cluster, namespace, one.also).map(
        (member): Call => ({
          cluster,
          from: podEnd(workload),
          to: podEnd(member),
          port: one.port,
          protocol: "TCP",
          ...reason,
        }),
      )
    : [];
  return [...callsToService(context, podEnd(workload), service, one.port, reason), ...sentOn];
}
