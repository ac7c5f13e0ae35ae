import { z } from "zod";
import { clusterOf } from "../../model/clouds";
import type { Plan, PlannedResource } from "../../model/plan";
import { type Cidr, overlaps, parseCidr } from "../../primitives/cidr";
import type { Fault } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";

const source =
  "VPC user guide, subnets, route tables, DNS attributes; EKS user guide, VPC and subnet requirements";
const tags = z.record(z.string(), z.string()).default({});
const vpc = z.object({
  cidrBlock: z.string(),
  enableDnsHostnames: z.boolean().default(false),
  enableDnsSupport: z.boolean().default(true),
});
const subnet = z.object({ cidrBlock: z.string(), availabilityZone: z.string().default(""), tags });
const route = z.object({
  destinationCidrBlock: z.string().optional(),
  routeTableId: z.string(),
  natGatewayId: z.string().optional(),
  gatewayId: z.string().optional(),
  transitGatewayId: z.string().optional(),
});
const association = z.object({ routeTableId: z.string(), subnetId: z.string().optional() });
const cluster = z.object({
  kubernetesNetworkConfig: z.object({ serviceIpv4Cidr: z.string().optional() }).default({}),
  vpcConfig: z.object({
    endpointPrivateAccess: z.boolean().default(false),
    publicAccessCidrs: z.array(z.string()).default(["0.0.0.0/0"]),
  }),
});

type Subnet = PlannedResource<z.infer<typeof subnet>>;

/** Addresses of a VPC do not meet, its nodes find their way out, and load balancers their subnets. */
export const vpcCarries: Check = ({ plan }) => {
  if (plan === undefined) return nothing;
  const vpcs = plan.all("aws:ec2/vpc:Vpc", vpc);
  const subnets = plan.all("aws:ec2/subnet:Subnet", subnet);
  // Each cluster has a network of its own.
  const wholeOf = (resource: string): Cidr | undefined => {
    const own = vpcs.find(({ name }) => clusterOf(plan, name) === clusterOf(plan, resource));
    return own && parseCidr(own.inputs.cidrBlock);
  };
  const beside = ({ name }: Subnet): readonly Subnet[] =>
    subnets.filter((other) => clusterOf(plan, other.name) === clusterOf(plan, name));
  if (vpcs.length === 0) return nothing;
  return sum([
    each(vpcs, ({ name, inputs }) =>
      inputs.enableDnsHostnames && inputs.enableDnsSupport
        ? undefined
        : faultOf(
            name,
            "names of its endpoints and file systems lead nowhere: it resolves none",
            "set enableDnsHostnames and enableDnsSupport",
          ),
    ),
    each(subnets, (one) => blockFaults(one, beside(one), wholeOf(one.name))),
    each(subnets, (one) => wayFaults(plan, one)),
    each(plan.all("aws:eks/cluster:Cluster", cluster), ({ name, inputs }) =>
      clusterFaults(name, inputs, wholeOf(name)),
    ),
  ]);
};

function faultOf(object: string, rule: string, fix: string): Fault {
  return { object, rule, source, fix };
}

function blockFaults(
  { name, inputs }: Subnet,
  all: readonly Subnet[],
  whole: Cidr | undefined,
): readonly Fault[] {
  const own = parseCidr(inputs.cidrBlock);
  if (own === undefined || whole === undefined) return [];
  const meets = all.find((other) => {
    const block = parseCidr(other.inputs.cidrBlock);
    return other.name !== name && block !== undefined && overlaps(own, block);
  });
  return [
    ...(meets === undefined
      ? []
      : [
          faultOf(
            name,
            `its addresses ${inputs.cidrBlock} are those of ${meets.name}, too: AWS refuses it`,
            "give each a block of its own",
          ),
        ]),
    ...(own.prefix >= whole.prefix && overlaps(own, whole)
      ? []
      : [
          faultOf(
            name,
            `its addresses ${inputs.cidrBlock} are not the VPC's`,
            "take a part of the VPC's block",
          ),
        ]),
  ];
}

/** Tags by which the load balancer controller finds subnets, by their way to the internet. */
const roles = { public: "kubernetes.io/role/elb", private: "kubernetes.io/role/internal-elb" } as const;

function wayFaults(plan: Plan, { name, inputs }: Subnet): readonly Fault[] {
  const out = wayOut(plan, name);
  const groups = plan
    .all("aws:eks/nodeGroup:NodeGroup", z.object({ subnetIds: z.array(z.string()) }))
    .filter(({ inputs: group }) => group.subnetIds.includes(`${name}-id`));
  const nats = plan
    .all("aws:ec2/natGateway:NatGateway", z.object({ subnetId: z.string() }))
    .filter((nat) => nat.inputs.subnetId === `${name}-id`);
  const role = out && roles[out];
  return [
    ...(groups.length > 0 && out === undefined
      ? [
          faultOf(
            name,
            `nodes of ${groups[0]?.name} are in it, and no route leads to the internet: they pull no image and do not join`,
            "associate it with a table that has a route to a NAT gateway",
          ),
        ]
      : []),
    ...(nats.length > 0 && out !== "public"
      ? [
          faultOf(
            name,
            `the NAT gateway ${nats[0]?.name} is in it, and no route leads to an internet gateway`,
            "associate it with the public table",
          ),
        ]
      : []),
    ...(role !== undefined && inputs.tags[role] !== "1"
      ? [
          faultOf(
            name,
            `it has a way out and not the tag ${role}: load balancers have no address in ${inputs.availabilityZone}`,
            `tag it ${role}: "1"`,
          ),
        ]
      : []),
  ];
}

/** Whether a subnet reaches the internet by an address of its own or by a NAT gateway; undefined where it does not. */
function wayOut(plan: Plan, name: string): "public" | "private" | undefined {
  const table = plan
    .all("aws:ec2/routeTableAssociation:RouteTableAssociation", association)
    .find(({ inputs }) => inputs.subnetId === `${name}-id`)?.inputs.routeTableId;
  const out = plan
    .all("aws:ec2/route:Route", route)
    .find(
      ({ inputs }) => inputs.routeTableId === table && inputs.destinationCidrBlock === "0.0.0.0/0",
    )?.inputs;
  if (out === undefined) return undefined;
  return out.gatewayId === undefined ? "private" : "public";
}

function clusterFaults(
  name: string,
  { kubernetesNetworkConfig, vpcConfig }: z.infer<typeof cluster>,
  whole: Cidr | undefined,
): readonly Fault[] {
  const services = parseCidr(kubernetesNetworkConfig.serviceIpv4Cidr ?? "");
  const isShut = !vpcConfig.endpointPrivateAccess && !vpcConfig.publicAccessCidrs.includes("0.0.0.0/0");
  return [
    ...(services !== undefined && whole !== undefined && overlaps(services, whole)
      ? [
          faultOf(
            name,
            "addresses of its Services are addresses of the VPC, too: EKS refuses it",
            "take a service range outside of the VPC",
          ),
        ]
      : []),
    ...(isShut
      ? [
          faultOf(
            name,
            `its API server answers ${vpcConfig.publicAccessCidrs.join(", ")} alone, and nodes are none of these`,
            "set endpointPrivateAccess",
          ),
        ]
      : []),
  ];
}
