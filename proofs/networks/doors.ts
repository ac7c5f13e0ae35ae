import { z } from "zod";
import { clusterOf } from "../../model/clouds";
import type { Plan } from "../../model/plan";
import { type Cidr, overlaps, parseCidr } from "../../primitives/cidr";
import type { Fault } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";

const rule = z.object({
  cidrIpv4: z.string().optional(),
  fromPort: z.number().optional(),
  toPort: z.number().optional(),
  ipProtocol: z.string(),
  securityGroupId: z.string(),
});
const subnet = z.object({ cidrBlock: z.string(), availabilityZone: z.string().default("") });
const endpoint = z.object({
  securityGroupIds: z.array(z.string()).default([]),
  vpcEndpointType: z.string().default("Gateway"),
});
const target = z.object({ securityGroups: z.array(z.string()).default([]), subnetId: z.string() });

interface NodeSubnet {
  readonly name: string;
  readonly zone: string;
  readonly block: Cidr;
}

/** Nodes are let in where they call: at endpoints of AWS services, and at shared files, of which each zone has a door. */
export const doorsAreOpen: Check = ({ plan }) => {
  if (plan === undefined) return nothing;
  const all = nodeSubnets(plan);
  // Each cluster has a network of its own.
  const nodesOf = (resource: string): readonly NodeSubnet[] =>
    all.filter(({ name }) => clusterOf(plan, name) === clusterOf(plan, resource));
  const endpoints = plan
    .all("aws:ec2/vpcEndpoint:VpcEndpoint", endpoint)
    .filter(({ inputs }) => inputs.vpcEndpointType === "Interface");
  const systems = plan.all("aws:efs/fileSystem:FileSystem", z.unknown());
  return sum([
    each(endpoints, ({ name, inputs }) =>
      nodesOf(name)
        .filter(({ block }) => !admits(plan, inputs.securityGroupIds, block, 443))
        .map((shut) => ({
          object: name,
          rule: `it does not admit nodes in ${shut.zone} to port 443, and its private name leads all of them there`,
          source: "AWS PrivateLink guide, interface endpoints: security groups, private DNS names",
          fix: "admit the blocks of all subnets that have nodes",
        })),
    ),
    each(systems, ({ name }) => fileFaults(plan, name, nodesOf(name))),
  ]);
};

function nodeSubnets(plan: Plan): readonly NodeSubnet[] {
  const used = new Set(
    plan
      .all("aws:eks/nodeGroup:NodeGroup", z.object({ subnetIds: z.array(z.string()) }))
      .flatMap(({ inputs }) => inputs.subnetIds),
  );
  return plan.all("aws:ec2/subnet:Subnet", subnet).flatMap(({ name, inputs }) => {
    const block = parseCidr(inputs.cidrBlock);
    return used.has(`${name}-id`) && block !== undefined
      ? [{ name, zone: inputs.availabilityZone, block }]
      : [];
  });
}

/** Whether groups let a whole block in on a port. */
function admits(plan: Plan, groups: readonly string[], block: Cidr, port: number): boolean {
  return plan
    .all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", rule)
    .some(({ inputs: { cidrIpv4 = "", fromPort = 0, toPort = 65_535, ipProtocol, securityGroupId } }) => {
      const from = parseCidr(cidrIpv4);
      const isPort = ipProtocol === "-1" || (ipProtocol === "tcp" && fromPort <= port && port <= toPort);
      const isFrom = from !== undefined && from.prefix <= block.prefix && overlaps(from, block);
      return groups.includes(securityGroupId) && isPort && isFrom;
    });
}

function fileFaults(plan: Plan, name: string, nodes: readonly NodeSubnet[]): readonly Fault[] {
  const zones = new Map(
    plan.all("aws:ec2/subnet:Subnet", subnet).map((one) => [`${one.name}-id`, one.inputs.availabilityZone]),
  );
  const targets = plan
    .all("aws:efs/mountTarget:MountTarget", target)
    .filter((one) => clusterOf(plan, one.name) === clusterOf(plan, name))
    .map(({ inputs }) => inputs);
  return nodes.flatMap(({ zone, block }) => {
    const here = targets.filter(({ subnetId }) => zones.get(subnetId) === zone);
    const isOpen = here.some(({ securityGroups }) => admits(plan, securityGroups, block, 2049));
    return isOpen
      ? []
      : [
          {
            object: name,
            rule:
              here.length === 0
                ? `it has no mount target in ${zone}: pods on nodes there wait for its volumes for ever`
                : `its mount target in ${zone} does not admit the nodes there to port 2049`,
            source: "EFS user guide, mount targets: one for each zone; security groups",
            fix: "make a target in each zone that has nodes, and admit them",
          },
        ];
  });
}
