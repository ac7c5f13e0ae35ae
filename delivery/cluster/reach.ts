import { homedir } from "node:os";
import { join } from "node:path";
import type { CloudName } from "../../infra/cluster/cloud";
import { outputName } from "../../infra/cluster/output-name";
import { type ClusterFacts, readStackFacts, type StackFacts } from "../stack-facts";
import type { Kubeconfig } from "./kubeconfig";

/** Where a cluster is, as its cloud names it: the EKS cluster's name, the LKE cluster's label, the kubeconfig's context. */
interface PlaceInCloud {
  readonly cloud: CloudName;
  readonly name: string;
}

/** The stack that owns a cluster, in full; undefined where it is the one whose file names it. (D3) */
export function ownerOf(cluster: ClusterFacts): string | undefined {
  return cluster.cloud === "linode" ? cluster.cluster.stack : undefined;
}

/** Where a cluster of a stack is; one of another stack where that stack's file says. */
export function placeInCloud(directory: string, facts: StackFacts, placement: string): PlaceInCloud {
  const found = facts.clusters[placement];
  switch (found?.cloud) {
    case "aws":
      return { cloud: "aws", name: found.cluster.name };
    case "local":
      return { cloud: "local", name: found.context };
    case "linode": {
      const { stack, name = placement } = found.cluster;
      const owner = stack?.split("/").at(-1);
      return owner === undefined
        ? { cloud: "linode", name }
        : placeInCloud(directory, readStackFacts(directory, owner), name);
    }
    default:
      throw new Error(`the stack ${facts.stack} has no cluster ${placement}`);
  }
}

/** Arguments of {@link reach}. */
export interface ReachArgs {
  readonly placement: string;
  readonly cluster: ClusterFacts;
  readonly stack: string;
  /** An output of a stack. */
  readonly output: (name: string, stack: string) => Promise<string>;
}

/** A cluster's name in its cloud, and its kubeconfig: the text, or a file that people have already. */
export async function reach({ placement, cluster, stack, output }: ReachArgs): Promise<{
  readonly name: string;
  readonly kubeconfig: string | Kubeconfig;
}> {
  switch (cluster.cloud) {
    case "aws":
      return {
        name: cluster.cluster.name,
        kubeconfig: await output(outputName(placement, "Kubeconfig"), stack),
      };
    case "linode": {
      const owner = cluster.cluster.stack;
      const name = owner === undefined ? placement : (cluster.cluster.name ?? placement);
      return {
        name: await output(outputName(name, "ClusterName"), owner ?? stack),
        kubeconfig: plain(await output(outputName(name, "Kubeconfig"), owner ?? stack)),
      };
    }
    case "local": {
      const file = process.env.KUBECONFIG || join(homedir(), ".kube", "config");
      return { name: cluster.context, kubeconfig: { file, context: cluster.context } };
    }
  }
}

/** Linode hands kubeconfigs out in base64. */
function plain(kubeconfig: string): string {
  return kubeconfig.includes("apiVersion") ? kubeconfig : Buffer.from(kubeconfig, "base64").toString("utf8");
}
