import { cachePaths } from "../../paths";
import type { StandIn, Values } from "../standin";
import { Cluster } from "./cluster";
import { configurationDifference, configurationFailures, parseConfiguration } from "./configuration";
import { Objects } from "./objects";
import { KubernetesProvider } from "./provider";
import { Charts } from "./release/charts";
import { Helm } from "./release/helm";
import { Releases } from "./release/releases";
import { ManifestComponents } from "./yaml/components";
import { ManifestSources } from "./yaml/sources";

export interface KubernetesOptions {
  /** The helm command. */
  readonly helm: string;
  /** Folder of custom resource definitions for operators whose charts cannot be had. */
  readonly definitions?: string | undefined;
  /** Mirror of Helm charts, as folders or archives, and `manifests/<file>`: used before any repository or address. */
  readonly charts?: string | undefined;
}

/** Stands in for the official kubernetes provider, against real API servers. */
export function kubernetesStandIn(options: KubernetesOptions): StandIn {
  return {
    name: "kubernetes",
    version: "4.34.2",
    checkConfig: async (inputs) => configurationFailures(inputs),
    diffConfig: async (oldInputs, newInputs) => configurationDifference(oldInputs, newInputs),
    configure: async (inputs) => configure(inputs, options),
  };
}

function configure(inputs: Values, options: KubernetesOptions): KubernetesProvider {
  const configuration = parseConfiguration(inputs);
  const cluster = new Cluster(configuration, options.definitions);
  const helm = new Helm(options.helm, configuration.kubeConfig);
  return new KubernetesProvider(
    new Objects(configuration, cluster),
    new Releases(cluster, helm, new Charts(helm, options.charts), configuration.namespace),
    new ManifestComponents(
      cluster,
      new ManifestSources(options.charts, cachePaths.manifests()),
      configuration.namespace ?? "default",
    ),
  );
}
