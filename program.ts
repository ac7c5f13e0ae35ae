import * as pulumi from "@pulumi/pulumi";
import { createSystems } from "./apps";
import { declaredBundles, systems as registry } from "./apps/registry";
import { AwsPlatform } from "./infra/aws";
import { hostBeside, hostOf } from "./infra/config/hosts";
import { loadStackConfig } from "./infra/config/load";
import { LinodePlatform } from "./infra/linode";
import { LocalPlatform } from "./infra/local";
import { Observability } from "./infra/observability";
import { PlatformServices } from "./infra/platform";
import { originKeys } from "./infra/platform/edge-origin";
import { closeNetwork, prepareSite } from "./infra/platform/prepare-site";
import { readsExternalSecrets } from "./infra/secrets/external-secret";
import { placeSystems, systemsOn } from "./infra/systems/system";
import { commonTags, tagEverything } from "./infra/tags";
import { awsOutputs, clusterOutputs, type Outputs } from "./outputs";

/**
 * The whole platform of one stack: its configuration, its clouds and clusters, and what every cluster gets.
 *
 * @param today the day on which every version in the stack's configuration must still be supported, and by which
 * secrets are due
 */
export async function program(today: Date): Promise<Outputs> {
  const bundles = declaredBundles();
  const config = loadStackConfig(registry, bundles, today);
  const { aws, linode, local, environment, protectData } = config;
  const systems = placeSystems(registry, config.systems);
  const identity = { project: pulumi.getProject(), stack: pulumi.getStack(), environment, tags: config.tags };
  tagEverything(identity);

  const hostsOn = (cluster: string): readonly string[] =>
    systemsOn(systems, cluster).map((system) => hostOf(system, system.settings, environment));
  const loadBalancerHostsOn = (cluster: string): readonly string[] =>
    systemsOn(systems, cluster).flatMap((system) =>
      (system.loadBalancerHosts ?? []).map((name) =>
        hostBeside(hostOf(system, system.settings, environment), name),
      ),
    );

  const onAws =
    aws &&
    new AwsPlatform("aws", {
      config: aws,
      environment,
      systems: systemsOn(systems, "aws"),
      loadBalancerHosts: loadBalancerHostsOn("aws"),
      tags: commonTags(identity),
      protectData,
      externalSecrets: readsExternalSecrets(bundles, config.systems, "aws"),
    });
  const onLinode =
    linode && new LinodePlatform("linode", { config: linode, hosts: hostsOn("linode"), protectData });
  const onLocal = local && new LocalPlatform("local", { config: local });

  const clusters = [onAws, onLinode, onLocal].flatMap((platform) => platform?.cluster ?? []);
  const deployed = clusters.map((cluster) => {
    const { site, foundation } = prepareSite(cluster, config, { systems: registry, bundles, today });
    const platform = cluster.owned ? new PlatformServices(`${cluster.name}-platform`, { site }) : undefined;
    createSystems(site, registry, platform ?? { operators: {} });
    if (platform?.metrics) {
      const { metrics } = platform;
      new Observability(`${cluster.name}-observability`, { site, systems: registry, metrics });
    }
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
