import * as pulumi from "@pulumi/pulumi";
import { declaredBundles, systems } from "../../apps/registry";
import { loadStackConfig } from "../../infra/config/load";
import { LocalPlatform } from "../../infra/local";
import { closeNetwork, prepareSite } from "../../infra/platform/prepare-site";
import { tagEverything } from "../../infra/tags";
import { today } from "../../policies/day";
import { createSystem } from "./system";

/** The platform's own components, for as many systems as SYSTEMS says. */
export = async () => {
  const bundles = declaredBundles();
  const day = new Date(today());
  const config = loadStackConfig(systems, bundles, day);
  const { environment, tags } = config;
  tagEverything({ project: pulumi.getProject(), stack: pulumi.getStack(), environment, tags });
  const local = config.clusters.local;
  if (local?.cloud !== "local")
    throw new Error("Pulumi.growth.yaml names no cluster local of the cloud local");

  const { cluster } = new LocalPlatform("local", { config: local });
  const { site, foundation } = prepareSite(cluster, config, { systems, bundles, today: day });
  for (let number = 1; number <= Number(process.env.SYSTEMS); number += 1) {
    createSystem(`system-${number}`, site);
  }
  closeNetwork(site, foundation, undefined);
};
