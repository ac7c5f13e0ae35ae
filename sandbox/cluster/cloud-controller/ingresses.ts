import type { ApiClient } from "../../api-server/client";
import { isStatus } from "../../api-server/errors";
import type { Cloud } from "../types";
import type { Ingress, IngressClass, LoadBalancerStatus, Service } from "./objects";

export interface IngressAction {
  readonly ingress: Ingress;
  readonly status: LoadBalancerStatus;
}

const instanceLabel = "app.kubernetes.io/instance";
const defaultClass = "ingressclass.kubernetes.io/is-default-class";

/** Shown for classes whose controller is not behind a Service of the cluster. */
const controllerElsewhere: Readonly<Record<Cloud, LoadBalancerStatus>> = {
  aws: { ingress: [{ hostname: "ingress.elb.amazonaws.com" }] },
  linode: { ingress: [{ ip: "203.0.113.254" }] },
  local: { ingress: [{ ip: "192.0.2.254" }] },
};

/**
 * Ingress controllers write their load balancer's address into the Ingresses that they serve; no containers
 * run here, so this does it. Ingresses of a class that does not exist stay without an address.
 */
export function planIngresses(
  ingresses: readonly Ingress[],
  classes: readonly IngressClass[],
  services: readonly Service[],
  cloud: Cloud,
): readonly IngressAction[] {
  return ingresses.flatMap((ingress) => {
    const served = classOf(ingress, classes);
    const status = served && statusFor(served, services, cloud);
    return status === undefined || same(status, ingress.status?.loadBalancer) ? [] : [{ ingress, status }];
  });
}

/** Undefined while the controller's load balancer has no address yet. */
function statusFor(
  served: IngressClass,
  services: readonly Service[],
  cloud: Cloud,
): LoadBalancerStatus | undefined {
  const instance = served.metadata.labels?.[instanceLabel];
  const service = services.find(
    ({ spec, metadata }) =>
      instance !== undefined && spec.type === "LoadBalancer" && metadata.labels?.[instanceLabel] === instance,
  );
  if (service === undefined) {
    return controllerElsewhere[cloud];
  }
  const ingress = service.status?.loadBalancer?.ingress ?? [];
  return ingress.length === 0
    ? undefined
    : { ingress: ingress.map(({ ip, hostname }) => (ip === undefined ? { hostname } : { ip })) };
}

function classOf(ingress: Ingress, classes: readonly IngressClass[]): IngressClass | undefined {
  const name =
    ingress.spec?.ingressClassName ?? ingress.metadata.annotations?.["kubernetes.io/ingress.class"];
  return name === undefined
    ? classes.find(({ metadata }) => metadata.annotations?.[defaultClass] === "true")
    : classes.find(({ metadata }) => metadata.name === name);
}

function same(one: LoadBalancerStatus, other: LoadBalancerStatus | undefined): boolean {
  const addresses = ({ ingress = [] }: LoadBalancerStatus) =>
    ingress.map(({ ip = "", hostname = "" }) => `${ip}|${hostname}`).join();
  return addresses(one) === addresses(other ?? {});
}

export async function setIngressStatus(api: ApiClient, { ingress, status }: IngressAction): Promise<void> {
  const { name, namespace } = ingress.metadata;
  try {
    await api.patch(`/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}/status`, {
      status: { loadBalancer: status },
    });
  } catch (error) {
    if (!isStatus(error, 404)) {
      throw error;
    }
  }
}
