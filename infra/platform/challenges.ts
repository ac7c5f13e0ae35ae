import { internet, pods } from "../network/edge";
import { certificateController } from "./certificates";
import { allowIngress } from "./ingress-class";
import type { Site } from "./site";

/** Label of the pods that answer Let's Encrypt, and the port that they listen on: cert-manager's own. */
const solverLabels = { "acme.cert-manager.io/http01-solver": "true" } as const;
const solverPort = 8089;

/** Ports at which Let's Encrypt, and before it cert-manager itself, looks for the answer. */
const publicPorts = [80, 443] as const;

/**
 * Lets a host prove to Let's Encrypt that it is ours: visitors reach the pod that cert-manager starts beside the Ingress,
 * and cert-manager reaches the host as they do, because it looks itself before it asks. (P1)
 */
export function allowChallenges(site: Site, namespace: string, host: string): void {
  // Who signs on another stack's cluster is that stack's to say.
  if (site.cluster.owned && site.settings.issuer === "self-signed") return;
  allowIngress(site, pods(namespace, "acme-http01-solver", solverLabels), solverPort);
  site.network.allow(certificateController, internet(host), ...publicPorts);
}
