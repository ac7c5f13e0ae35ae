import { clusterIssuer } from "./certificates";
import { runs, type Site } from "./site";

/**
 * A public host of the platform beside Atlas' own: `grafana.atlas-financial.com` beside `ai.atlas-financial.com`.
 * Undefined where Atlas does not run: nobody named hosts for such a cluster. (001)
 */
export function hostBesideAtlas(site: Site, name: string): string | undefined {
  const host = runs(site, "atlas") ? site.systems.atlas?.host : undefined;
  return host?.replace(/^[^.]+/, name);
}

/** Annotations of an Ingress with a certificate that renews itself, for browsers that have to use it. (P1) */
export const secureHost = {
  "cert-manager.io/cluster-issuer": clusterIssuer,
  "nginx.org/hsts": "true",
} as const;
