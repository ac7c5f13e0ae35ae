import { namespaceIn as atlasNamespaceIn } from "../../apps/atlas/namespaces";
import { systems } from "../../apps/registry";
import { type PlatformNamespaces, platformNamespaces } from "../../infra/cluster/namespaces";
import { placeSystems, systemsOn } from "../../infra/systems/system";
import type { StackFacts } from "../stack-facts";
import type { CloudExpectations } from "./clouds";
import type { ClusterState } from "./cluster-state";

/** Asks the cluster's Prometheus; undefined when the query has no series. */
export type Query = (promql: string) => Promise<number | undefined>;

/** What a cluster of the sandbox lacks. */
export interface SandboxLimits {
  /**
   * Releases that are only recorded, because their charts were not available: `aws-platform-metrics-release`.
   */
  readonly recordedReleases: readonly string[];
}

/** What rows check: a running cluster, and what its stack demands of it. */
export interface LiveCluster {
  /** Which of its stack's clusters it is, by the name in stack configuration. */
  readonly placement: string;
  /** What its cloud lets one ask of it. */
  readonly expected: CloudExpectations;
  readonly facts: StackFacts;
  readonly state: ClusterState;
  /** Undefined for the clouds' own clusters. */
  readonly sandbox: SandboxLimits | undefined;
  readonly query: Query;
}

/** Whether a system runs on the cluster, and this program and not Argo CD delivers it. */
export function hosts(system: string): (cluster: LiveCluster) => boolean {
  return ({ facts, placement }) => {
    const found = facts.systems[system];
    return found?.cluster === placement && found.delivery !== "gitops";
  };
}

/** The namespace of a system's workloads in the stack's environment. */
export function atlasNamespace({ facts }: LiveCluster): string {
  return atlasNamespaceIn(facts.environment);
}

/** Where the cluster's monitoring and logging are. */
export function concernsOf({
  facts,
  placement,
}: Pick<LiveCluster, "facts" | "placement">): PlatformNamespaces {
  return platformNamespaces(systemsOn(placeSystems(systems, facts.systems), placement));
}

/** Whether replicas must survive the loss of a node and a zone. */
export function isHighlyAvailable({ facts }: LiveCluster): boolean {
  return facts.platform.availability === "high";
}

/** Why a release has no pods: the sandbox has only recorded it. Undefined when they must exist. */
export function whyAbsent(cluster: LiveCluster, release: string): string | undefined {
  const name = `${cluster.placement}-${release}`;
  return cluster.sandbox?.recordedReleases.includes(name)
    ? `the sandbox could not fetch the chart of ${name}, and only recorded it`
    : undefined;
}

/**
 * Why an operator's objects do not exist: in the sandbox the operator is installed at most and does not run.
 */
export function whyNotMade(cluster: LiveCluster, release: string): string | undefined {
  const operator =
    cluster.sandbox && `in the sandbox the operator of ${cluster.placement}-${release} does no work`;
  return whyAbsent(cluster, release) ?? operator;
}
