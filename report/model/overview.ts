import type { ClusterCapacity } from "../../estimate/capacity";
import type { Pool } from "../../estimate/pools";
import { clusterName } from "../../model/expand";
import type { Path } from "../../proofs/paths/path";

/** A zone with its nodes; a cluster without zones, or without nodes of this stack, has one without a name. */
export interface ZoneOverview {
  readonly name: string | undefined;
  /** Undefined where another stack plans them. */
  readonly nodes: number | undefined;
}

/** What one system has on one cluster, at the desired size. */
export interface SystemOverview {
  readonly system: string;
  /** Hosts by which the world reaches it. */
  readonly hosts: readonly string[];
  /** Number of pods, in the order of the cluster's zones. */
  readonly pods: readonly number[];
}

export interface ClusterOverview {
  readonly name: string;
  readonly cloud: Pool["cloud"] | undefined;
  readonly version: string | undefined;
  readonly zones: readonly ZoneOverview[];
  readonly systems: readonly SystemOverview[];
}

/** Where each system stands: clusters, their zones, and the pods in each. The platform comes last. */
export function overviewOf(
  clusters: readonly ClusterCapacity[],
  paths: readonly Path[],
): readonly ClusterOverview[] {
  return clusters.map(({ cluster, groups, pools, placed }) => {
    const isPlanned = pools.length > 0;
    const names = isPlanned
      ? [...new Set(placed.map(({ zone }) => zone))].toSorted((one, other) =>
          (one ?? "").localeCompare(other ?? "", "en"),
        )
      : [undefined];
    const podsOf = (system: string): readonly number[] =>
      isPlanned
        ? names.map((name) =>
            sum(
              placed.map((node) =>
                node.zone === name ? node.pods.filter((pod) => pod.system === system).length : 0,
              ),
            ),
          )
        : [sum(groups.map((group) => (group.system === system ? group.replicas.desired : 0)))];
    const own = paths.filter((path) => path.cluster === clusterName(cluster.provider));
    return {
      name: cluster.name,
      cloud: pools[0]?.pool.cloud,
      version: cluster.version,
      zones: names.map((name) => ({
        name,
        nodes: isPlanned ? placed.filter(({ zone }) => zone === name).length : undefined,
      })),
      systems: systemsOf(groups.map(({ system }) => system)).map((system) => ({
        system,
        hosts: [
          ...new Set(own.filter(({ entrance }) => entrance.system === system).map(({ host }) => host)),
        ].toSorted(),
        pods: podsOf(system),
      })),
    };
  });
}

function systemsOf(names: readonly string[]): readonly string[] {
  const all = [...new Set(names)].toSorted();
  return [...all.filter((name) => name !== "platform"), ...all.filter((name) => name === "platform")];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
