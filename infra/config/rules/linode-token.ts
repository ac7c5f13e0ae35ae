import type { Fault } from "../fault";
import { isOwned } from "../linode-cluster";
import type { Draft, Surroundings } from "./rule";

/**
 * Linode is reached with a token, and it is better to hear of its absence before anything is made than from the first
 * resource that needs it. AWS has too many ways to authenticate to ask the same of it.
 */
export function linodeToken(draft: Draft, { hasLinodeToken }: Surroundings): readonly Fault[] {
  if (hasLinodeToken || !makesSomethingAtLinode(draft)) return [];
  return [
    {
      path: ["linode"],
      found: "no token for Linode's API",
      problem: "the section needs the secret linode:token of the stack, or LINODE_TOKEN in the environment",
      example: "pulumi config set --secret linode:token",
    },
  ];
}

/** A stack that only shares another's cluster reaches that with the owner's kubeconfig. */
function makesSomethingAtLinode({ declares, linode }: Draft): boolean {
  if (linode === undefined) return declares("linode");
  const { cluster, objectStorage, databases, dns } = linode;
  return (
    isOwned(cluster) || objectStorage !== undefined || dns !== undefined || Object.keys(databases).length > 0
  );
}
