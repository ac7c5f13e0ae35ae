import { atlasNamespace, hosts, type LiveCluster } from "../cluster/live-cluster";
import { type Finding, type Row, verdictOf } from "../row";
import { differs, missing, notRunning } from "./findings";
import { fewestReplicas } from "./replicas";

const name = "market-data";
const service = "market-data-service";
const seed = "001 Market Data Service Production";

/** Market Data's WebSocket infrastructure. (001, A5) */
export const marketDataRows: readonly Row<LiveCluster>[] = [
  {
    id: "market-data-running",
    title: "Market Data runs with all replicas",
    seed,
    appliesTo: hosts("atlas"),
    check: (cluster) => {
      const namespace = atlasNamespace(cluster);
      const deployment = cluster.state.find("Deployment", namespace, name);
      return verdictOf(
        deployment === undefined
          ? [missing("Deployment", namespace, name)]
          : notRunning("Deployment", deployment, fewestReplicas(cluster.state, deployment) ?? 1),
      );
    },
  },
  {
    id: "market-data-entrance",
    title: "WebSockets come in by a load balancer of their own, over all zones",
    seed,
    appliesTo: hosts("atlas"),
    check: (cluster) => {
      const namespace = atlasNamespace(cluster);
      const found = cluster.state.find("Service", namespace, service);
      if (found === undefined) return verdictOf([missing("Service", namespace, service)]);
      const { metadata, spec, status } = found;
      const { type, loadBalancerClass, annotations = {} } = cluster.expected.entrance;
      const addresses = status.loadBalancer.ingress.length;
      return verdictOf([
        ...differs("Service", metadata, "type", type, spec.type),
        ...(type === "LoadBalancer" && addresses === 0
          ? differs("Service", metadata, "addresses", "at least one", "none")
          : []),
        ...(loadBalancerClass === undefined
          ? []
          : differs("Service", metadata, "class", loadBalancerClass, spec.loadBalancerClass)),
        ...Object.entries(annotations).flatMap(([name, value]) =>
          differs("Service", metadata, name.split("/").at(-1) ?? name, value, metadata.annotations[name]),
        ),
      ]);
    },
  },
  {
    id: "market-data-sessions",
    title: "Sessions are kept in Redis, so that a connection survives its pod",
    seed,
    appliesTo: hosts("atlas"),
    check: (cluster) => verdictOf(environment(cluster, "SESSION_STORE_URL", undefined)),
  },
  {
    id: "market-data-rate-limit",
    title: "A client may ask 1,000 times in 15 minutes",
    seed,
    appliesTo: hosts("atlas"),
    check: (cluster) =>
      verdictOf([
        ...environment(cluster, "RATE_LIMIT_REQUESTS", "1000"),
        ...environment(cluster, "RATE_LIMIT_WINDOW_SECONDS", "900"),
      ]),
  },
];

/** The variable must have this value or, without one, come from a Secret. */
function environment(cluster: LiveCluster, variable: string, value: string | undefined): readonly Finding[] {
  const namespace = atlasNamespace(cluster);
  const deployment = cluster.state.find("Deployment", namespace, name);
  if (deployment === undefined) return [missing("Deployment", namespace, name)];
  const found = deployment.spec.template.spec.containers
    .flatMap(({ env }) => env)
    .find((one) => one.name === variable);
  return value === undefined
    ? differs("Deployment", deployment.metadata, variable, "from a Secret", origin(found?.valueFrom))
    : differs("Deployment", deployment.metadata, variable, value, found?.value);
}

function origin(valueFrom: unknown): string | undefined {
  return typeof valueFrom === "object" && valueFrom !== null && "secretKeyRef" in valueFrom
    ? "from a Secret"
    : undefined;
}
