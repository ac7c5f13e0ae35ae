import type { ClusterCapacity } from "../../estimate/capacity";
import { eksVersions } from "../../facts/aws-eks";
import { lkeVersions } from "../../facts/linode-versions";
import { minorOf } from "../../toolchain/versions";

/** The Kubernetes of one cluster beside what its cloud has. */
export interface KubernetesVersion {
  readonly cluster: string;
  readonly version: string;
  /** The newest that the facts know of. */
  readonly newest: string;
  /** The last day of (standard) support; undefined where the facts do not know the version. */
  readonly supportEnds: string | undefined;
}

const supportEnds = {
  aws: Object.entries(eksVersions).map(([version, ends]) => [version, ends.standardSupportEnds] as const),
  linode: Object.entries(lkeVersions).map(([version, ends]) => [version, ends.supportEnds] as const),
};

/** The clusters that the stack itself plans. */
export function kubernetesVersions(clusters: readonly ClusterCapacity[]): readonly KubernetesVersion[] {
  return clusters.flatMap(({ cluster, pools }) => {
    const [first] = pools;
    if (first === undefined || cluster.version === undefined) {
      return [];
    }
    const version = minorOf(cluster.version);
    const known = supportEnds[first.pool.cloud];
    return [
      {
        cluster: cluster.name,
        version,
        newest: known.at(-1)?.[0] ?? version,
        supportEnds: known.find(([name]) => name === version)?.[1],
      },
    ];
  });
}
