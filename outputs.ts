import type * as pulumi from "@pulumi/pulumi";
import type { AwsPlatform } from "./infra/aws";
import type { Edge } from "./infra/aws/edge";
import type { ClusterKind } from "./infra/cluster/cloud";
import type { Cluster } from "./infra/cluster/cluster";
import type { ClusterFoundation } from "./infra/cluster/foundation";
import type { LinodeOutputs } from "./infra/linode/outputs";

/** What `pulumi stack output` shows of a cluster, on any cloud. */
export interface ClusterOutputs {
  readonly name: pulumi.Input<string>;
  readonly kind: ClusterKind;
  /** The namespaces that this stack deploys to. */
  readonly namespaces: readonly string[];
}

/** What `pulumi stack output` shows of AWS. */
export interface AwsOutputs {
  /** How to reach the EKS cluster with the AWS credentials at hand. A secret. */
  readonly awsKubeconfig?: pulumi.Output<string>;
  readonly awsVpcId?: pulumi.Output<string>;
  /** Bucket names, by what they are for. */
  readonly awsBuckets?: AwsPlatform["buckets"] & { readonly assets?: pulumi.Output<string> };
  /** Where the domain's registrar must point. */
  readonly awsNameServers?: pulumi.Output<string[]>;
  /** CloudFront's own name for the edge. */
  readonly awsEdgeDomain?: pulumi.Output<string>;
}

/**
 * What `pulumi stack output` shows. Secrets are separate outputs, not inside `clusters`: a StackReference
 * would otherwise treat everything beside them as secret too.
 */
export interface Outputs extends AwsOutputs, LinodeOutputs {
  /** Clusters, by the name that stack configuration names them by. */
  readonly clusters: Readonly<Record<string, ClusterOutputs>>;
}

/** What a stack shows of a cluster. */
export function clusterOutputs(cluster: Cluster, { namespaces }: ClusterFoundation): ClusterOutputs {
  return { name: cluster.displayName, kind: cluster.cloud.kind, namespaces };
}

/** What a stack shows of AWS. */
export function awsOutputs(
  { cluster, vpcId, buckets, nameServers }: AwsPlatform,
  edge: Edge | undefined,
): AwsOutputs {
  return {
    ...(cluster.kubeconfig && { awsKubeconfig: cluster.kubeconfig }),
    awsVpcId: vpcId,
    awsBuckets: { ...buckets, ...(edge && { assets: edge.assetsBucket }) },
    ...(nameServers && { awsNameServers: nameServers }),
    ...(edge && { awsEdgeDomain: edge.domainName }),
  };
}
