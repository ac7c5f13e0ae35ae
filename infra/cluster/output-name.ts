/**
 * The name of a stack's output that shows something of a cluster: `awsKubeconfig` of the cluster `aws`, `euWestKubeconfig` of
 * `eu-west`. Other stacks refer to clusters by these names.
 *
 * @param what in Pascal case: `Kubeconfig`
 */
export function outputName(cluster: string, what: string): string {
  return `${cluster.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}${what}`;
}
