import { hostBeside, hostOf, type PlatformHost } from "../config/hosts";
import { houseAt, type Site } from "../kit/site";
import { clusterIssuer } from "./certificates";
import { challengeOf } from "./challenges";

/**
 * A public host of the platform, beside that of the system that has them: `grafana.shop.com` beside `ai.shop.com`. Undefined
 * where that system does not run: no host is named for such a cluster. (001)
 */
export function platformHost(site: Site, name: PlatformHost): string | undefined {
  const house = houseAt(site, "public-hosts");
  return house && hostBeside(hostOf(house, house.settings, site.environment), name);
}

/**
 * Annotations of an Ingress with a certificate that renews itself, for browsers that have to use it. (P1)
 *
 * A host that answers its own challenge: NGINX gives it to the oldest Ingress that names it, so the path to the answer is
 * added to that very Ingress; one of cert-manager's own would be ignored. With that cert-manager also puts a certificate of
 * its own in the Secret until the real one is there; without any NGINX would refuse every handshake, the challenge's among
 * them.
 *
 * @see https://docs.nginx.com/nginx-ingress-controller/configuration/host-and-listener-collisions/
 */
export function secureHost(site: Site, host: string): Readonly<Record<string, string>> {
  return {
    "cert-manager.io/cluster-issuer": clusterIssuer,
    ...(challengeOf(site, host) === "http-01" && { "acme.cert-manager.io/http01-edit-in-place": "true" }),
    "nginx.org/hsts": "true",
  };
}
