import { cachePaths } from "../../../cli/cache";
import type { StandIn } from "../standin";
import { Cluster } from "./cluster";
import { configurationDifference, configurationFailures, parseConfiguration } from "./configuration";
import { type Digests, noDigests } from "./digests";
import { Objects } from "./objects";
import { KubernetesProvider } from "./provider";
import { ChartArchives } from "./release/archives";
import { Charts } from "./release/charts";
import { Helm } from "./release/helm";
import { Releases } from "./release/releases";
import { nothingStandsIn, type ReleaseObjects, ReleaseStandIns } from "./release/stand-ins";
import { ManifestComponents } from "./yaml/components";
import { ManifestSources } from "./yaml/sources";

export interface KubernetesOptions {
  /** The helm command. */
  readonly helm: string;
  /** Folder of custom resource definitions for operators whose charts are not available. */
  readonly definitions?: string | undefined;
  /** Mirror of Helm charts, as folders or archives, and `manifests/<file>`: used before any repository or address. */
  readonly charts?: string | undefined;
  /** What archives and manifests have to be, as far as it is known. */
  readonly digests?: Digests | undefined;
  /** What stands in for releases whose charts are not available. @default nothing */
  readonly stoodIn?: ReleaseObjects;
}

/** Stands in for the official kubernetes provider, against real API servers. */
export function kubernetesStandIn({
  helm,
  definitions,
  charts,
  digests = noDigests,
  stoodIn = nothingStandsIn,
}: KubernetesOptions): StandIn {
  // Of all clusters: what one has asked a server for, the others need not ask again.
  const chartSources = new Charts(new ChartArchives(helm, cachePaths.charts(), digests), charts);
  const manifestSources = new ManifestSources(charts, cachePaths.manifests(), digests);
  return {
    name: "kubernetes",
    version: "4.34.2",
    checkConfig: async (inputs) => configurationFailures(inputs),
    diffConfig: async (oldInputs, newInputs) => configurationDifference(oldInputs, newInputs),
    async configure(inputs, urn) {
      const configuration = parseConfiguration(inputs);
      const cluster = new Cluster(configuration, definitions);
      const { kubeConfig, namespace } = configuration;
      return new KubernetesProvider(
        new Objects(configuration, cluster),
        new Releases(
          cluster,
          new Helm(helm, kubeConfig),
          chartSources,
          new ReleaseStandIns(cluster.client, stoodIn(urn)),
          namespace,
        ),
        new ManifestComponents(cluster, manifestSources, namespace ?? "default"),
      );
    },
  };
}
