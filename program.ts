import * as pulumi from "@pulumi/pulumi";
import { createSystems } from "./apps";
import { AwsPlatform } from "./infra/aws";
import { platformNamespaces } from "./infra/cluster/namespaces";
import { hostBeside, hostOf } from "./infra/config/hosts";
import { loadStackConfig } from "./infra/config/load";
import { systemsOn } from "./infra/config/systems";
import { LinodePlatform } from "./infra/linode";
import { LocalPlatform } from "./infra/local";
import { Observability } from "./infra/observability";
import { PlatformServices } from "./infra/platform";
import { originKeys } from "./infra/platform/edge-origin";
import { closeNetwork, prepareSite } from "./infra/platform/prepare-site";
import { loadBundles } from "./infra/secrets/bundles";
import { readsExternalSecrets } from "./infra/secrets/external-secret";
import { commonTags, tagEverything } from "./infra/tags";
import { awsOutputs, clusterOutputs, type Outputs } from "./outputs";

/**
 * The whole platform of one stack: its configuration, its clouds and clusters, and what every cluster has from the start.
 *
 * @param today the day on which every version that the stack asks for must still be supported, and which decides which
 * secrets are due
 */
export async function program(today: Date): Promise<Outputs> {
  const bundles = loadBundles();
  const config = loadStackConfig(bundles, today);
  const { aws, linode, local, environment, protectData, systems } = config;
  const identity = { project: pulumi.getProject(), stack: pulumi.getStack(), environment, tags: config.tags };
  tagEverything(identity);

  const hostsOn = (cluster: string): readonly string[] =>
    systemsOn(systems, cluster).map((system) => hostOf(system, systems[system], environment));

  const onAws =
    aws &&
    new AwsPlatform("aws", {
      config: aws,
      environment,
      namespaces: platformNamespaces(systems.atlas?.cluster === "aws"),
      systems: systemsOn(systems, "aws"),
      loadBalancerHosts:
        systems.atlas?.cluster === "aws"
          ? [hostBeside(hostOf("atlas", systems.atlas, environment), "market-data")]
          : [],
      trainsModels: systems["market-research"]?.gpuPool !== undefined,
      tags: commonTags(identity),
      protectData,
      externalSecrets: readsExternalSecrets(bundles, systems, "aws"),
    });
  const onLinode =
    linode && new LinodePlatform("linode", { config: linode, hosts: hostsOn("linode"), protectData });
  const onLocal = local && new LocalPlatform("local", { config: local });

  const clusters = [onAws, onLinode, onLocal].flatMap((platform) => platform?.cluster ?? []);
  const deployed = clusters.map((cluster) => {
    const { site, foundation } = prepareSite(cluster, config, { bundles, today });
    const platform = cluster.owned ? new PlatformServices(`${cluster.name}-platform`, { site }) : undefined;
    createSystems(site, platform ?? { operators: {} });
    if (platform?.metrics)
      new Observability(`${cluster.name}-observability`, { site, metrics: platform.metrics });
    closeNetwork(site, foundation, platform?.mesh?.controlPlane);
    site.secrets.announceRenewals();
    const edge = cluster === onAws?.cluster ? onAws.openEdge(originKeys(site)) : undefined;
    return { edge, entry: [cluster.name, clusterOutputs(cluster, foundation)] as const };
  });
  return {
    clusters: Object.fromEntries(deployed.map(({ entry }) => entry)),
    ...(onAws && awsOutputs(onAws, deployed.find(({ edge }) => edge)?.edge)),
    ...onLinode?.stackOutputs,
  };
}
