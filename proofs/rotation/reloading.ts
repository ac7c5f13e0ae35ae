import type { ModelObject, Workload } from "../../model/model";

/** Software that reloads a changed Secret without a new pod. */
export interface Reloading {
  /** `Kind/name` of the custom resource, or the name of the chart's release. */
  readonly maker: string;
  /** Names of the Secrets; undefined means all that it reads. */
  readonly secrets?: readonly string[];
  readonly source: string;
}

/** Everything that is known to reload. */
export const reloading: readonly Reloading[] = [
  {
    maker: "Cluster",
    source: "CloudNativePG: the instance manager reads Secrets by the API and sets passwords and keys again",
  },
  {
    maker: "Pooler",
    source: "CloudNativePG: the pooler's manager watches its Secrets and reloads PgBouncer",
  },
  {
    maker: "Elasticsearch",
    source: "ECK: certificates, keys and file realms are reloaded by Elasticsearch itself",
  },
  { maker: "Kafka", source: "Strimzi: a changed Secret rolls the brokers, or is reloaded by them" },
  {
    maker: "MongoDBCommunity",
    source: "MongoDB's agent reads the wanted state, credentials and certificates among it, and applies it",
  },
  { maker: "Prometheus", source: "Prometheus operator: the reloader watches the configuration's Secret" },
  { maker: "Alertmanager", source: "Prometheus operator: the reloader watches the configuration's Secret" },
  ...["prometheus-adapter", "metrics-server"].map((maker) => ({
    maker,
    secrets: [maker],
    source: "k8s.io/apiserver, dynamic certificates: the serving certificate's files are watched",
  })),
  {
    maker: "aws-load-balancer-controller",
    secrets: ["aws-load-balancer-tls"],
    source: "controller-runtime, certwatcher: the webhook server watches its certificate's files",
  },
  {
    maker: "kube-prometheus-stack",
    secrets: ["kube-prometheus-stack-admission"],
    source: "Prometheus operator, --web.tls-reload-interval: read again every minute",
  },
  {
    maker: "vertical-pod-autoscaler",
    secrets: ["vpa-tls-certs"],
    source: "vertical-pod-autoscaler, --reload-cert, which the chart sets with certificates of cert-manager",
  },
  {
    maker: "plugin-barman-cloud",
    secrets: ["barman-cloud-server-tls", "barman-cloud-client-tls"],
    source:
      "cnpg-i-machinery, pluginhelper/http: the plugin's server watches the files of its certificate and of its clients' authority",
  },
  {
    maker: "fluent-bit",
    secrets: ["elasticsearch-trust"],
    source:
      "Fluent Bit, tls.ca_file: of the Secret it reads the authority's certificate alone, which is valid for ten years",
  },
];

/** Whether a workload takes a changed Secret by itself. */
export function reloads(workload: Workload, secret: string): boolean {
  const maker = makerOf(workload);
  return reloading.some(
    (one) => one.maker === maker && (one.secrets === undefined || one.secrets.includes(secret)),
  );
}

function makerOf({ origin }: ModelObject): string | undefined {
  switch (origin.by) {
    case "operator":
      return origin.of.split("/")[0];
    case "chart":
      return origin.release;
    default:
      return undefined;
  }
}
