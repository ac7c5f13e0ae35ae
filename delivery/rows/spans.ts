import { collectorPorts } from "../../infra/platform/span-collector";
import { selectsLabels } from "../../primitives/labels";
import { atlasNamespace, concernsOf, hosts, type LiveCluster } from "../cluster/live-cluster";
import type { Finding } from "../row";
import { describe, missing, nameOf } from "./findings";

/** Services of Atlas that 001 wants to trace from end to end. */
const traced = ["ai-engine", "ai-orchestrator", "market-data", "ab-testing", "ml-pipeline"] as const;

const collector = { "app.kubernetes.io/name": "opentelemetry-collector" };
const store = { "app.kubernetes.io/name": "tempo" };
const endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
const { otlpGrpc } = collectorPorts;

/** Why spans of a service do not arrive: it has no address for them, or policies block them. */
export function collects(cluster: LiveCluster): readonly Finding[] {
  const { monitoring } = concernsOf(cluster);
  const senders = hosts("atlas")(cluster) ? traced.flatMap((name) => sends(cluster, name)) : [];
  return [...senders, ...opens(cluster, monitoring, collector, "ingress")];
}

/** Why collected traces are not stored: policies block the way to the store. */
export function keeps(cluster: LiveCluster): readonly Finding[] {
  const { monitoring } = concernsOf(cluster);
  return [
    ...opens(cluster, monitoring, collector, "egress"),
    ...opens(cluster, monitoring, store, "ingress"),
  ];
}

function sends(cluster: LiveCluster, name: string): readonly Finding[] {
  const namespace = atlasNamespace(cluster);
  const found = cluster.state.find("Deployment", namespace, name);
  if (found === undefined) return [missing("Deployment", namespace, name)];
  const { metadata, spec } = found.spec.template;
  const isTold = spec.containers.some(({ env }) => env.some((variable) => variable.name === endpoint));
  const untold: Finding = {
    about: nameOf("Deployment", namespace, name),
    expected: `the variable ${endpoint}`,
    found: "none: it sends no spans",
    look: describe("Deployment", namespace, name),
  };
  return [...(isTold ? [] : [untold]), ...opens(cluster, namespace, metadata.labels, "egress")];
}

function opens(
  { state }: LiveCluster,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  direction: "ingress" | "egress",
): readonly Finding[] {
  const isOpen = state
    .all("NetworkPolicy", namespace)
    .filter(({ spec }) => selectsLabels(spec.podSelector, labels))
    .some(({ spec }) => spec[direction].some(({ ports }) => ports.some(({ port }) => port === otlpGrpc)));
  if (isOpen) return [];
  const [pods] = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [
    {
      about: `NetworkPolicies of pods ${pods} in ${namespace}`,
      expected: `${direction} on port ${otlpGrpc}`,
      found: "none",
      look: `kubectl get networkpolicy --namespace ${namespace} --output yaml`,
    },
  ];
}
