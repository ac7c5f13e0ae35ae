import * as pulumi from "@pulumi/pulumi";
import { createSystems } from "./apps";
import { declaredBundles, systems as registry } from "./apps/registry";
import { createPlatform } from "./infra/clouds";
import { hostBeside, hostOf } from "./infra/config/hosts";
import { faultsOfFile, loadStackConfig } from "./infra/config/load";
import { GuestAlerts, Observability } from "./infra/observability";
import { PlatformServices } from "./infra/platform";
import { originKeys } from "./infra/platform/edge-origin";
import { closeNetwork, prepareSite } from "./infra/platform/prepare-site";
import { readsExternalSecrets } from "./infra/secrets/external-secret";
import { placeSystems, systemsOn } from "./infra/systems/system";
import { commonTags, tagEverything } from "./infra/tags";
import { cloudOutputs, clusterOutputs, type Outputs } from "./outputs";

/** What is wrong with a stack file for simulated clouds, before the program runs; undefined where nothing is. */
export function check(
  stack: string,
  config: Readonly<Record<string, unknown>>,
  today: Date,
): string | undefined {
  const bundles = declaredBundles();
  return faultsOfFile(stack, config, { systems: registry, bundles, today, simulatedClouds: true });
}

/**
 * The whole platform of one stack: its configuration, its clouds and clusters, and what every cluster gets.
 *
 * @param today the day on which every version in the stack's configuration must still be supported, and by which
 * secrets are due
 */
export async function program(today: Date): Promise<Outputs> {
  const bundles = declaredBundles();
  const config = loadStackConfig(registry, bundles, today);
  const { environment, protectData } = config;
  const systems = placeSystems(registry, config.systems);
  const identity = { project: pulumi.getProject(), stack: pulumi.getStack(), environment, tags: config.tags };
  tagEverything(identity);

  const platforms = Object.entries(config.clusters).map(([name, cluster]) => {
    const here = systemsOn(systems, name).map((system) => ({
      system,
      host: hostOf(system, system.settings, environment),
    }));
    return createPlatform(name, cluster, {
      environment,
      systems: here.map(({ system }) => system),
      hosts: here.map(({ host }) => host),
      loadBalancerHosts: here.flatMap(({ system, host }) =>
        (system.loadBalancerHosts ?? []).map((beside) => hostBeside(host, beside)),
      ),
      tags: commonTags(identity),
      protectData,
      externalSecrets: readsExternalSecrets(bundles, config.systems, name),
      without: config.platform.without,
    });
  });
  const clusters = platforms.map((cloud) => {
    const { cluster } = cloud;
    const { site, foundation } = prepareSite(cluster, config, { systems: registry, bundles, today });
    const platform = cluster.owned ? new PlatformServices(`${cluster.name}-platform`, { site }) : undefined;
    createSystems(site, registry, platform ?? { operators: {} });
    if (platform?.metrics) {
      const { metrics } = platform;
      new Observability(`${cluster.name}-observability`, { site, systems: registry, metrics });
    }
    if (!cluster.owned) new GuestAlerts(`${cluster.name}-alerts`, { site });
    closeNetwork(site, foundation, platform?.mesh?.controlPlane);
    site.secrets.announceRenewals();
    cloud.openEdge?.(originKeys(site));
    return [cluster.name, clusterOutputs(cluster, foundation)] as const;
  });
  return { clusters: Object.fromEntries(clusters), ...cloudOutputs(platforms) };
}
