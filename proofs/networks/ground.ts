import { z } from "zod";
import type { CloudName } from "../../infra/cluster/cloud";
import { cloudsOf, clusterOf } from "../../model/clouds";
import type { Plan } from "../../model/plan";
import { addressCount, type Cidr, parseCidr } from "../../primitives/cidr";
import type { AddressEnd } from "./call";

/** What enforces network policies on a cluster. */
export type Plugin = "vpc-cni" | "after-translation";

/** Addresses of everything but pods on a cluster, and what enforces policies for calls to them. */
export interface Ground {
  readonly plugin: Plugin;
  /** Address range of the cluster's Services; undefined where it is unknown and irrelevant. */
  readonly services?: Cidr;
  /** Addresses of `default/kubernetes` before and after translation, and the ports. */
  readonly apiServer: {
    readonly service?: AddressEnd;
    readonly endpoints: AddressEnd;
    readonly ports: readonly number[];
    /** Source addresses of its calls to webhooks and aggregated APIs. */
    readonly sources: AddressEnd;
  };
  readonly nodes: readonly Cidr[];
  readonly pods: readonly Cidr[];
  /** Private addresses of the cloud's own services; may be empty. */
  readonly cloud: readonly Cidr[];
  /** Where pods get the credentials of their role; undefined where they have none. */
  readonly credentials?: { readonly end: AddressEnd; readonly port: number };
}

/** Any address: nothing narrower is published. */
const anywhere = cidrs("0.0.0.0/0");

/** Stands for every public address: policies do not distinguish them. */
export const publicAddress = cidrs("1.1.1.1/32");

/** The nodes' metadata service, which gives out their role. */
export const metadata: AddressEnd = {
  kind: "addresses",
  name: "the nodes' metadata",
  ranges: cidrs("169.254.169.254/32"),
};

/**
 * Addresses and plugin of each cluster of a plan.
 *
 * EKS: the control plane's interfaces are in the subnets of the cluster, `default/kubernetes` is the first
 * address of the service range (EKS user guide, "View Amazon EKS networking requirements"); Pod Identity's
 * agent has a fixed address. LKE: the control plane's addresses are not published, and its calls can come
 * from a node or, through an overlay, from an address of the pods' range (linode/apl-core 3387); nodes and
 * pods have the ranges in its firewall guide. Local: no address is known; kind, minikube and k3s listen on
 * 6443 and 8443, and all their plugins check translated addresses.
 */
export function groundsOf(plan: Plan): ReadonlyMap<string, Ground> {
  return new Map(
    [...cloudsOf(plan)].flatMap(([cluster, cloud]) => {
      const ground = grounds[cloud](plan, cluster);
      return ground === undefined ? [] : [[cluster, ground] as const];
    }),
  );
}

const grounds: Readonly<Record<CloudName, (plan: Plan, cluster: string) => Ground | undefined>> = {
  aws: ofEks,
  linode: () => elsewhere([443, 6443], cidrs("192.168.128.0/17"), cidrs("10.2.0.0/16")),
  local: () => elsewhere([6443, 8443], anywhere, anywhere),
};

const eksCluster = z.looseObject({
  kubernetesNetworkConfig: z.looseObject({ serviceIpv4Cidr: z.string() }),
  vpcConfig: z.looseObject({ subnetIds: z.array(z.string()) }),
});

function ofEks(plan: Plan, name: string): Ground | undefined {
  const isOwn = ({ name: resource }: { readonly name: string }) => clusterOf(plan, resource) === name;
  const cluster = plan.all("aws:eks/cluster:Cluster", eksCluster).find(isOwn)?.inputs;
  if (cluster === undefined) return undefined;
  const subnets = new Map(
    plan
      .all("aws:ec2/subnet:Subnet", z.looseObject({ cidrBlock: z.string() }))
      .map(({ name, inputs }) => [`${name}-id`, inputs.cidrBlock]),
  );
  const rangesOf = (ids: readonly string[]) =>
    cidrs(...[...new Set(ids)].flatMap((id) => subnets.get(id) ?? []));
  const interfaces = rangesOf(cluster.vpcConfig.subnetIds);
  const groups = plan
    .all("aws:eks/nodeGroup:NodeGroup", z.looseObject({ subnetIds: z.array(z.string()).default([]) }))
    .filter(isOwn);
  const nodes = rangesOf(groups.flatMap(({ inputs }) => inputs.subnetIds));
  const endpoints = plan
    .all(
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      z.looseObject({ vpcEndpointType: z.string().optional(), subnetIds: z.array(z.string()).default([]) }),
    )
    .filter((one) => isOwn(one) && one.inputs.vpcEndpointType === "Interface");
  const [services] = cidrs(cluster.kubernetesNetworkConfig.serviceIpv4Cidr);
  const enforced = plan
    .all(
      "aws:eks/addon:Addon",
      z.looseObject({ addonName: z.string(), configurationValues: z.string().optional() }),
    )
    .filter(isOwn)
    .some(
      ({ inputs }) =>
        inputs.addonName === "vpc-cni" &&
        /"enableNetworkPolicy":\s*"true"/.test(inputs.configurationValues ?? ""),
    );
  return {
    plugin: enforced ? "vpc-cni" : "after-translation",
    services,
    apiServer: {
      ...(services && {
        service: {
          kind: "addresses",
          name: "the API server's Service default/kubernetes",
          ranges: [{ base: services.base + 1, prefix: 32 }],
        },
      }),
      endpoints: { kind: "addresses", name: "the API server", ranges: interfaces },
      ports: [443],
      sources: { kind: "addresses", name: "the API server", ranges: interfaces },
    },
    nodes,
    // The plugin gives pods addresses from their nodes' subnets.
    pods: nodes,
    cloud: rangesOf(endpoints.flatMap(({ inputs }) => inputs.subnetIds)),
    credentials: {
      end: { kind: "addresses", name: "the agent of Pod Identity", ranges: cidrs("169.254.170.23/32") },
      port: 80,
    },
  };
}

function elsewhere(ports: readonly number[], nodes: readonly Cidr[], pods: readonly Cidr[]): Ground {
  const apiServer: AddressEnd = { kind: "addresses", name: "the API server", ranges: anywhere };
  return {
    plugin: "after-translation",
    apiServer: { endpoints: apiServer, ports, sources: apiServer },
    nodes,
    pods,
    cloud: [],
  };
}

/** Whether all addresses of a network are in another. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return (
    outer.prefix <= inner.prefix &&
    outer.base <= inner.base &&
    inner.base + addressCount(inner.prefix) <= outer.base + addressCount(outer.prefix)
  );
}

export function cidrs(...texts: readonly string[]): readonly Cidr[] {
  return texts.flatMap((text) => parseCidr(text) ?? []);
}
