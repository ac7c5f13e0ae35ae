import type { ClusterIdentity } from "../cluster/types";
import { localIdentity } from "./local-cluster";
import { readStackFile, referencedStacks } from "./project";
import type { Session } from "./session";
import { readState, type State, type StateResource } from "./state";
import type { UsedCluster } from "./summary";

/** How the resources that are clusters name their control plane. */
const clusterTypes: Readonly<
  Record<string, { readonly cloud: ClusterIdentity["cloud"]; readonly name: string }>
> = {
  "aws:eks/cluster:Cluster": { cloud: "aws", name: "name" },
  "linode:index/lkeCluster:LkeCluster": { cloud: "linode", name: "label" },
};

/** The control planes that a stack works with: its own, the laptop's, and those of the stacks that it refers to. */
export async function usedClusters(
  { project, locals }: Session,
  name: string,
  state: State | undefined,
): Promise<readonly UsedCluster[]> {
  const referenced = await Promise.all(
    referencedStacks(project, readStackFile(project, name)).map((other) => readState(project, other)),
  );
  return [
    ...locals.map((local) => ({ identity: localIdentity(local), owned: true })),
    ...ownedClusters(state).map((identity) => ({ identity, owned: true })),
    ...referenced
      .flatMap(ownedClusters)
      .filter((identity) => deploysInto(state, identity))
      .map((identity) => ({ identity, owned: false })),
  ];
}

/** By name: their order in state is that in which they came up, which differs from run to run. */
export function ownedClusters(state: State | undefined): readonly ClusterIdentity[] {
  return (state?.resources ?? [])
    .flatMap(identityOf)
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Kubernetes providers name their cluster in `clusterIdentifier`: an ARN, or the cluster's label with a prefix. */
function deploysInto(state: State | undefined, { name }: ClusterIdentity): boolean {
  return (state?.resources ?? [])
    .filter(({ type }) => type === "pulumi:providers:kubernetes")
    .some(
      ({ inputs }) => typeof inputs.clusterIdentifier === "string" && inputs.clusterIdentifier.endsWith(name),
    );
}

function identityOf({ type, inputs }: StateResource): readonly ClusterIdentity[] {
  const cluster = clusterTypes[type];
  const name = cluster && inputs[cluster.name];
  return cluster && typeof name === "string" ? [{ cloud: cluster.cloud, name }] : [];
}
