import type { Site } from "../kit/site";
import { internet, pods } from "../network/edge";
import { certificateController, challengeZones } from "./certificates";
import { allowIngress } from "./ingress-class";

/** Label of the pods that answer Let's Encrypt, and the port that they listen on: cert-manager's own. */
const solverLabels = { "acme.cert-manager.io/http01-solver": "true" } as const;
const solverPort = 8089;

/** Ports at which Let's Encrypt, and before it cert-manager itself, looks for the answer. */
const publicPorts = [80, 443] as const;

/**
 * How a host is proven to be ours: by a record in a zone that the cluster may write to, else by an answer that visitors of the
 * host get; `none` where the cluster signs certificates itself.
 */
export function challengeOf(site: Site, host: string): "dns-01" | "http-01" | "none" {
  // Who signs on another stack's cluster is that stack's to say.
  if (site.cluster.owned && site.settings.issuer === "self-signed") return "none";
  return challengeZones(site).some((zone) => host === zone || host.endsWith(`.${zone}`))
    ? "dns-01"
    : "http-01";
}

/**
 * Lets a host prove to Let's Encrypt that it is ours, where that takes an answer of the host's own: visitors reach the pod that
 * cert-manager starts beside the Ingress, and cert-manager reaches the host as they do, because it looks itself before it
 * asks. (P1)
 */
export function allowChallenges(site: Site, namespace: string, host: string): void {
  if (challengeOf(site, host) !== "http-01") return;
  allowIngress(site, pods(namespace, "acme-http01-solver", solverLabels), solverPort);
  site.network.allow(certificateController, internet(host), ...publicPorts);
}
