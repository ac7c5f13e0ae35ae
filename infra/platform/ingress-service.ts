import type { IngressExposure } from "../cluster/cloud";
import { has, type Site } from "../kit/site";
import type { Values } from "../kit/values";
import { recordAnnotation } from "./dns";

/** The ingress controller's Service on a site, and the entries of NGINX's ConfigMap that go with it. (C11, 000, 001, 002) */
export function ingressService(site: Site): {
  readonly service: Values;
  readonly settings: IngressExposure["settings"];
} {
  const { service, annotations, settings } = site.cluster.cloud.ingress;
  const names = has(site, "dns") ? (site.cluster.dns?.ingressNames ?? []) : [];
  return {
    service: {
      type: "LoadBalancer",
      // Any node may forward a connection: the client's address is in the PROXY protocol.
      externalTrafficPolicy: "Cluster",
      ...service,
      annotations: { ...annotations, ...(names.length > 0 && { [recordAnnotation]: names.join(",") }) },
    },
    settings,
  };
}
