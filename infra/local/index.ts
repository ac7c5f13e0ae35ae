import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, ClusterAddresses } from "../cluster/cluster";
import { kubernetesProviderSettings } from "../cluster/provider-settings";
import { type LocalConfig, localGpu, localPoolName } from "../config/local";
import { localCloud } from "./cloud";

/**
 * The address ranges of an existing cluster are unknown. The API server listens on 6443 in kind and k3s, and
 * on 8443 in minikube; their plugins check translated addresses.
 */
const unknownAddresses: ClusterAddresses = {
  apiServer: { targets: ["0.0.0.0/0"], ports: [443, 6443, 8443], sources: ["0.0.0.0/0"] },
  nodes: ["0.0.0.0/0"],
  cloudServices: [],
};

/** Arguments of {@link LocalPlatform}. */
export interface LocalPlatformArgs {
  readonly config: LocalConfig;
}

/**
 * A cluster that exists already, reached by a context of the kubeconfig at hand: kind, minikube, or any other (C1).
 * Nothing else is assumed of it, and nothing of it is changed but what is deployed.
 */
export class LocalPlatform extends pulumi.ComponentResource {
  readonly cluster: Cluster;
  /** Nothing beside the cluster. */
  readonly shown = {};

  constructor(name: string, { config }: LocalPlatformArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:local:Platform", name, {}, options);
    const provider = new Provider(
      `${name}-kubernetes`,
      {
        context: config.context,
        // Without it, a kubeconfig that moved would replace everything that is deployed.
        clusterIdentifier: config.context,
        ...kubernetesProviderSettings,
      },
      { parent: this },
    );
    this.cluster = {
      name,
      cloud: localCloud,
      displayName: config.context,
      provider,
      pools: [
        {
          name: localPoolName,
          labels: {},
          taints: [],
          ...(config.gpu && { gpu: localGpu }),
          spot: false,
          minimum: 1,
          maximum: 1,
          zones: [],
        },
      ],
      zones: [],
      storage: {
        provisioner: config.storageProvisioner,
        fast: {},
        standard: {},
        existing: config.existingStorageClasses,
      },
      addresses: unknownAddresses,
      buckets: {},
      owned: true,
    };
    this.registerOutputs({ displayName: config.context });
  }
}
