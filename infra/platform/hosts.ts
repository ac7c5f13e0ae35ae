import { hostBeside, hostOf, type PlatformHost } from "../config/hosts";
import { runs, type Site } from "../kit/site";
import { clusterIssuer } from "./certificates";
import { challengeOf } from "./challenges";

/**
 * A public host of the platform beside Atlas' own: `grafana.atlas-financial.com` beside `ai.atlas-financial.com`.
 * Undefined where Atlas does not run: nobody named hosts for such a cluster. (001)
 */
export function hostBesideAtlas(site: Site, name: PlatformHost): string | undefined {
  return runs(site, "atlas")
    ? hostBeside(hostOf("atlas", site.systems.atlas, site.environment), name)
    : undefined;
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
