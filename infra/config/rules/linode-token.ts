import { cloudTraits, viewOf } from "../clouds";
import type { Fault } from "../fault";
import type { Draft, DraftCluster, Surroundings } from "./rule";

/**
 * Linode is reached with a token, and it is better to hear of its absence before anything is made than from the first
 * resource that needs it. AWS has too many ways to authenticate to ask the same of it.
 */
export function linodeToken({ clusters }: Draft, { hasLinodeToken }: Surroundings): readonly Fault[] {
  if (hasLinodeToken) return [];
  return clusters.filter(needsToken).map(({ name }) => ({
    path: ["clusters", name],
    found: "no token for Linode's API",
    problem: "the cluster needs the secret linode:token of the stack, or LINODE_TOKEN in the environment",
    example: "pulumi config set --secret linode:token",
  }));
}

function needsToken({ name, cloud, config }: DraftCluster): boolean {
  if (config !== undefined) return viewOf(name, config).needsLinodeToken;
  return cloud !== undefined && cloudTraits[cloud].needsLinodeToken;
}
