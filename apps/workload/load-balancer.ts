import type { Exposure, LoadBalancer } from "../../infra/cluster/cloud";
import { loadBalancerDeregistrationSeconds } from "../../infra/cluster/load-balancing";
import { has, type Site } from "../../infra/kit/site";
import { recordAnnotation } from "../../infra/platform/dns";

/** Seconds that a pod behind a load balancer serves on: until its controller has told it, and it has left the pod. */
export const loadBalancerDrainSeconds = loadBalancerDeregistrationSeconds + 30;

/** How a site makes a service known, to those that its load balancer is for, or inside the cluster only. (A4, A5, C11) */
export function exposureOf(site: Site, loadBalancer: LoadBalancer | undefined): Omit<Exposure, "recordFor"> {
  if (loadBalancer === undefined) return { type: "ClusterIP" };
  const { cloud, certificates, dns } = site.cluster;
  const certificate = loadBalancer.host === undefined ? undefined : certificates?.[loadBalancer.host];
  const { recordFor, ...exposure } = cloud.expose(loadBalancer, certificate);
  if (recordFor === undefined || dns === undefined || !has(site, "dns")) return exposure;
  return { ...exposure, annotations: { ...exposure.annotations, [recordAnnotation]: recordFor } };
}
