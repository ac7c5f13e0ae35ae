import { z } from "zod";
import { type CloudName, cloudNames } from "../infra/cluster/cloud";
import { clusterName } from "./expand";
import type { Plan } from "./plan";

/** The cloud of each cluster that a plan's objects go to, by the cluster's name: the component that has its provider tells. */
export function cloudsOf(plan: Plan): ReadonlyMap<string, CloudName> {
  return new Map(
    plan.all("pulumi:providers:kubernetes", z.unknown()).flatMap(({ name, parent = "" }) => {
      const cluster = clusterName(name);
      // Where there is no component, as in a plan of a few resources, the name of a cluster is that of its cloud.
      const cloud =
        cloudNames.find((one) => parent.startsWith(`ai-platform:${one}:`)) ??
        cloudNames.find((one) => one === cluster);
      return cloud === undefined ? [] : [[cluster, cloud] as const];
    }),
  );
}

/** The names of a plan's clusters on a cloud. */
export function clustersOn(plan: Plan, cloud: CloudName): readonly string[] {
  return [...cloudsOf(plan)].flatMap(([name, its]) => (its === cloud ? [name] : []));
}

/** The cluster that a cloud's resource is part of: names of resources begin with the cluster's. Undefined where it is of none. */
export function clusterOf(plan: Plan, resource: string): string | undefined {
  // The longest of the names that fit: `aws-eu` before `aws`.
  return [...cloudsOf(plan).keys()]
    .filter((cluster) => resource.startsWith(`${cluster}-`))
    .toSorted((one, other) => other.length - one.length)[0];
}

/** The name of a cloud's resource without its cluster's: `network` of `aws-network`. */
export function withoutCluster(plan: Plan, resource: string): string {
  const cluster = clusterOf(plan, resource);
  return cluster === undefined ? resource : resource.slice(cluster.length + 1);
}
