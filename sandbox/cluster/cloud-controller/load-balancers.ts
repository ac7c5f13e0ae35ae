import { createHash } from "node:crypto";
import type { ApiClient } from "../../api-server/client";
import { isStatus } from "../../api-server/errors";
import type { KubernetesObject } from "../../api-server/object";
import { retryConflicts } from "../../api-server/retry";
import type { Node } from "../nodes";
import type { Cloud } from "../types";
import type { Events } from "./events";
import type { Service } from "./objects";
import type { Registry } from "./registry";

/** Keeps a Service until its load balancer is gone. */
export const loadBalancerFinalizer = "service.kubernetes.io/load-balancer-cleanup";

export type LoadBalancerAction = { readonly kind: "ensure" | "clean-up"; readonly service: Service };

/** Classes with controllers of a cloud; other classes of Services are left to their own controllers. */
const classes: Readonly<Record<Cloud, readonly string[]>> = {
  aws: ["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"],
  linode: [],
  local: [],
};

export function planLoadBalancers(services: readonly Service[], cloud: Cloud): readonly LoadBalancerAction[] {
  return services.flatMap((service): readonly LoadBalancerAction[] => {
    const { spec, status, metadata } = service;
    const isGoing = metadata.deletionTimestamp !== undefined;
    const isKept = metadata.finalizers?.includes(loadBalancerFinalizer) === true;
    const isOurs =
      spec.type === "LoadBalancer" &&
      (spec.loadBalancerClass === undefined || classes[cloud].includes(spec.loadBalancerClass));
    if (isKept && (isGoing || !isOurs)) {
      return [{ kind: "clean-up", service }];
    }
    const hasAddress = (status?.loadBalancer?.ingress ?? []).length > 0;
    return isOurs && !isGoing && !(isKept && hasAddress) ? [{ kind: "ensure", service }] : [];
  });
}

/** An AWS load balancer's name, from the names of cluster, namespace and Service: the same ones, the same name. */
export function awsHostname(cluster: string, { metadata }: KubernetesObject, region: string): string {
  const short = (text: string) => text.replace(/[^a-z0-9]/g, "").slice(0, 8);
  const hash = digest(`${cluster}/${metadata.namespace}/${metadata.name}`).toString("hex");
  const name = `k8s-${short(metadata.namespace ?? "")}-${short(metadata.name)}-${hash.slice(0, 10)}`;
  return `${name}-${hash.slice(10, 26)}.elb.${region}.amazonaws.com`;
}

/** An address of a range reserved for documentation, so that no real machine is meant. */
export function documentationAddress(cloud: Cloud, key: string, taken: ReadonlySet<string>): string {
  const prefix = cloud === "linode" ? "203.0.113" : "192.0.2";
  const start = digest(key).readUInt32BE();
  for (let step = 0; step < 254; step += 1) {
    const address = `${prefix}.${((start + step) % 254) + 1}`;
    if (!taken.has(address)) {
      return address;
    }
  }
  throw new Error(`All 254 addresses of ${prefix}.0/24 are taken by load balancers; delete some.`);
}

/** Carries out what `planLoadBalancers` says: the service controller of a cloud. */
export class LoadBalancers {
  constructor(
    private readonly api: ApiClient,
    private readonly cloud: Cloud,
    private readonly registry: Registry,
    private readonly events: Events,
  ) {}

  async perform({ kind, service }: LoadBalancerAction): Promise<void> {
    try {
      await (kind === "ensure" ? this.ensure(service) : this.cleanUp(service));
    } catch (error) {
      if (!isStatus(error, 404)) {
        throw error;
      }
    }
  }

  private async ensure(service: Service): Promise<void> {
    const { name, namespace, uid = "" } = service.metadata;
    await this.setFinalizer(service, true);
    const address = await this.addressOf(service);
    if (address === undefined) {
      return this.events.tell(service, "Service", {
        type: "Warning",
        reason: "UnAvailableLoadBalancer",
        message: "There are no available nodes for LoadBalancer",
      });
    }
    await this.registry.save("load-balancers", {
      id: idOf(uid),
      cluster: this.registry.clusterId,
      madeFor: `${namespace}/${name}`,
      address,
    });
    const entry = this.cloud === "aws" ? { hostname: address } : { ip: address };
    await this.api.patch(`${pathOf(service)}/status`, { status: { loadBalancer: { ingress: [entry] } } });
    await this.events.tell(service, "Service", {
      type: "Normal",
      reason: "EnsuredLoadBalancer",
      message: "Ensured load balancer",
    });
  }

  private async addressOf(service: Service): Promise<string | undefined> {
    const id = idOf(service.metadata.uid ?? "");
    const known = await this.registry.find("load-balancers", id);
    if (known?.address !== undefined) {
      return known.address;
    }
    if (this.cloud === "aws") {
      const { items } = await this.api.list<Node>("/api/v1/nodes");
      const region = items.flatMap(
        ({ metadata }) => metadata.labels?.["topology.kubernetes.io/region"] ?? [],
      )[0];
      return region === undefined ? undefined : awsHostname(this.registry.clusterId, service, region);
    }
    const taken = (await this.registry.all("load-balancers")).flatMap(({ address }) => address ?? []);
    const key = `${this.registry.clusterId}/${service.metadata.namespace}/${service.metadata.name}`;
    return documentationAddress(this.cloud, key, new Set(taken));
  }

  private async cleanUp(service: Service): Promise<void> {
    await this.registry.remove("load-balancers", idOf(service.metadata.uid ?? ""));
    if (service.metadata.deletionTimestamp === undefined) {
      await this.api.patch(`${pathOf(service)}/status`, { status: { loadBalancer: null } });
    }
    await this.setFinalizer(service, false);
  }

  private async setFinalizer(service: Service, wanted: boolean): Promise<void> {
    await retryConflicts(async () => {
      const { metadata } = await this.api.get<Service>(pathOf(service));
      const others = (metadata.finalizers ?? []).filter((finalizer) => finalizer !== loadBalancerFinalizer);
      await this.api.patch(pathOf(service), {
        metadata: {
          resourceVersion: metadata.resourceVersion,
          finalizers: wanted ? [...others, loadBalancerFinalizer] : others,
        },
      });
    });
  }
}

function pathOf({ metadata }: Service): string {
  return `/api/v1/namespaces/${metadata.namespace}/services/${metadata.name}`;
}

function idOf(uid: string): string {
  return `lb-${uid}`;
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
