import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { kubernetesProviderSettings } from "../cluster/provider-settings";

/** Arguments of {@link createKubernetesProvider}. */
export interface KubernetesProviderArgs {
  /** The cluster's label. */
  readonly label: pulumi.Input<string>;
  /** Full access to the cluster. */
  readonly kubeconfig: pulumi.Output<string>;
}

/** Reaches an LKE cluster. */
export function createKubernetesProvider(
  name: string,
  { label, kubeconfig }: KubernetesProviderArgs,
  options: pulumi.CustomResourceOptions,
): Provider {
  return new Provider(
    name,
    {
      kubeconfig,
      // Linode gives out a new token now and then; without this, each one would replace everything that is deployed.
      clusterIdentifier: pulumi.interpolate`lke-${label}`,
      ...kubernetesProviderSettings,
    },
    options,
  );
}
