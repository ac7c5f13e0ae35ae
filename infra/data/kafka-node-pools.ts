import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import type { StorageClassName } from "../cluster/cluster";
import { retainedClass } from "../cluster/storage-classes";
import { memberAffinity } from "../kit/placement";
import { childOptions, replicas, type Site } from "../kit/site";
import { spread } from "../kit/values";
import { keptWithData } from "./lifetime";
import { type StoreSizes, storeResources } from "./size";

/** What brokers and controllers get each; a single node that is both gets what a broker does. */
export interface KafkaSizes {
  readonly brokers: StoreSizes;
  readonly controllers: StoreSizes;
}

/** Arguments of {@link kafkaNodePools}. */
export interface KafkaNodePoolsArgs {
  readonly site: Site;
  readonly namespace: string;
  /** The Kafka that the pools belong to. */
  readonly clusterName: string;
  readonly sizes: KafkaSizes;
}

interface KafkaPool {
  readonly name: string;
  readonly roles: readonly ("broker" | "controller")[];
  readonly members: number;
  readonly sizes: StoreSizes;
  readonly storageClass: StorageClassName;
}

function poolsOf({ site, sizes: { brokers, controllers } }: KafkaNodePoolsArgs): readonly KafkaPool[] {
  const members = replicas(site, 3);
  if (members === 1) {
    return [
      {
        name: "nodes",
        roles: ["broker", "controller"],
        members,
        sizes: brokers,
        storageClass: "fast-ssd",
      },
    ];
  }
  return [
    { name: "brokers", roles: ["broker"], members, sizes: brokers, storageClass: "fast-ssd" },
    {
      name: "controllers",
      roles: ["controller"],
      members,
      sizes: controllers,
      // Brokers' data cannot be read without the cluster's metadata, which is here alone.
      storageClass: retainedClass(site.protectData),
    },
  ];
}

/** The nodes of a Kafka: three brokers and three controllers, or one that is both. (P8, 000) */
export function kafkaNodePools(
  name: string,
  args: KafkaNodePoolsArgs,
  parent: pulumi.Resource,
): readonly pulumi.Resource[] {
  const { site, namespace, clusterName } = args;
  return poolsOf(args).map(({ name: poolName, roles, members, sizes, storageClass }) => {
    const size = sizes[site.environment];
    const labels = { "strimzi.io/cluster": clusterName, "strimzi.io/pool-name": poolName };
    return new CustomResource(
      `${name}-pool-${poolName}`,
      {
        apiVersion: "kafka.strimzi.io/v1",
        kind: "KafkaNodePool",
        metadata: { name: poolName, namespace, labels: { "strimzi.io/cluster": clusterName } },
        spec: {
          replicas: members,
          roles,
          resources: storeResources(size),
          storage: {
            type: "jbod",
            volumes: [
              {
                id: 0,
                type: "persistent-claim",
                size: size.storage,
                class: storageClass,
                deleteClaim: false,
                kraftMetadata: "shared",
              },
            ],
          },
          template: {
            pod: {
              priorityClassName: "data-store",
              affinity: memberAffinity(site.cluster, members, labels),
              topologySpreadConstraints: spread(labels),
            },
          },
        },
      },
      { ...childOptions(parent, site, namespace), ...keptWithData(site) },
    );
  });
}
