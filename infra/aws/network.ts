import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { type Cidr, formatCidr, parseCidr } from "../../primitives/cidr";
import type { AwsConfig } from "../config/aws";
import { planZone } from "./address-plan";
import { FlowLogs } from "./flow-logs";

export interface NetworkArgs {
  readonly config: AwsConfig["network"];
  readonly region: string;
  /** Name of the log group for the VPC's flow logs. */
  readonly flowLogGroup: string;
  /** Key that encrypts the flow logs. */
  readonly logsKeyArn: pulumi.Input<string>;
}

/** The subnets of one availability zone. */
export interface ZoneSubnets {
  readonly zone: string;
  readonly publicSubnet: ec2.Subnet;
  readonly privateSubnet: ec2.Subnet;
  readonly intraSubnet: ec2.Subnet;
}

/**
 * A VPC over three zones. Nodes and pods live in private subnets that reach the internet through NAT; load balancers
 * and NAT gateways in public ones; the control plane's interfaces and the interface endpoints in intra subnets, which
 * have no way out at all. Nothing gets a public address by itself, and the default security group lets nothing
 * through. (C6)
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly zones: readonly ZoneSubnets[];

  constructor(name: string, args: NetworkArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:Network", name, {}, opts);
    const child = { parent: this };
    const { cidr, natGateways } = args.config;

    const network = new ec2.Vpc(
      `${name}-vpc`,
      { cidrBlock: cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: name } },
      child,
    );
    new ec2.DefaultSecurityGroup(
      `${name}-default`,
      { vpcId: network.id, ingress: [], egress: [], tags: { Name: `${name}-default-unused` } },
      child,
    );
    new FlowLogs(
      `${name}-flow-logs`,
      {
        vpcId: network.id,
        logGroup: args.flowLogGroup,
        retentionDays: args.config.flowLogRetentionDays,
        keyArn: args.logsKeyArn,
      },
      child,
    );

    const gateway = new ec2.InternetGateway(
      `${name}-internet`,
      { vpcId: network.id, tags: { Name: name } },
      child,
    );
    const publicRoutes = new ec2.RouteTable(
      `${name}-public`,
      { vpcId: network.id, tags: { Name: `${name}-public` } },
      child,
    );
    new ec2.Route(
      `${name}-public-internet`,
      { routeTableId: publicRoutes.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
      child,
    );
    const intraRoutes = new ec2.RouteTable(
      `${name}-intra`,
      { vpcId: network.id, tags: { Name: `${name}-intra` } },
      child,
    );

    const addresses = parseVpc(cidr);
    const subnet = (kind: string, zone: string, block: Cidr, tags: Record<string, string>): ec2.Subnet =>
      new ec2.Subnet(
        `${name}-${kind}-${zone}`,
        {
          vpcId: network.id,
          availabilityZone: zone,
          cidrBlock: formatCidr(block),
          mapPublicIpOnLaunch: false,
          tags: { Name: `${name}-${kind}-${zone}`, ...tags },
        },
        child,
      );
    const associate = (kind: string, zone: string, { id }: ec2.Subnet, table: ec2.RouteTable): void => {
      new ec2.RouteTableAssociation(
        `${name}-${kind}-${zone}`,
        { subnetId: id, routeTableId: table.id },
        child,
      );
    };

    this.zones = args.config.zones.map((zone, index) => {
      const plan = planZone(addresses, index);
      // The load balancer controller finds the subnets for its load balancers by these two tags.
      const publicSubnet = subnet("public", zone, plan.public, { "kubernetes.io/role/elb": "1" });
      const privateSubnet = subnet("private", zone, plan.private, { "kubernetes.io/role/internal-elb": "1" });
      const intraSubnet = subnet("intra", zone, plan.intra, {});
      associate("public", zone, publicSubnet, publicRoutes);
      associate("intra", zone, intraSubnet, intraRoutes);
      return { zone, publicSubnet, privateSubnet, intraSubnet };
    });

    const natZones = natGateways === "single" ? this.zones.slice(0, 1) : this.zones;
    const nats = natZones.map(({ zone, publicSubnet }) => {
      const tags = { Name: `${name}-${zone}` };
      const address = new ec2.Eip(`${name}-nat-${zone}`, { domain: "vpc", tags }, child);
      return new ec2.NatGateway(
        `${name}-nat-${zone}`,
        { subnetId: publicSubnet.id, allocationId: address.allocationId, tags },
        { ...child, dependsOn: [gateway] },
      );
    });
    const privateRoutes = this.zones.map(({ zone, privateSubnet }, index) => {
      const table = new ec2.RouteTable(
        `${name}-private-${zone}`,
        { vpcId: network.id, tags: { Name: `${name}-private-${zone}` } },
        child,
      );
      associate("private", zone, privateSubnet, table);
      new ec2.Route(
        `${name}-private-${zone}-internet`,
        {
          routeTableId: table.id,
          destinationCidrBlock: "0.0.0.0/0",
          natGatewayId: (nats[index] ?? nats[0])?.id,
        },
        child,
      );
      return table;
    });

    // Image layers, models and backups all travel by S3: its gateway endpoint is free, NAT is not.
    new ec2.VpcEndpoint(
      `${name}-s3`,
      {
        vpcId: network.id,
        vpcEndpointType: "Gateway",
        serviceName: `com.amazonaws.${args.region}.s3`,
        routeTableIds: [...privateRoutes, intraRoutes].map(({ id }) => id),
        tags: { Name: `${name}-s3` },
      },
      child,
    );
    this.createInterfaceEndpoints(name, args, network);

    this.vpcId = network.id;
    this.registerOutputs({ vpcId: this.vpcId });
  }

  private createInterfaceEndpoints(name: string, args: NetworkArgs, network: ec2.Vpc): void {
    const services = args.config.interfaceEndpoints;
    if (services.length === 0) return;
    const child = { parent: this };
    const access = new ec2.SecurityGroup(
      `${name}-endpoints`,
      {
        vpcId: network.id,
        description: "HTTPS from the VPC to AWS services",
        tags: { Name: `${name}-endpoints` },
      },
      child,
    );
    new vpc.SecurityGroupIngressRule(
      `${name}-endpoints-https`,
      {
        securityGroupId: access.id,
        description: "HTTPS from nodes and pods",
        cidrIpv4: args.config.cidr,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      },
      child,
    );
    for (const service of services) {
      new ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: network.id,
          vpcEndpointType: "Interface",
          serviceName: `com.amazonaws.${args.region}.${service}`,
          privateDnsEnabled: true,
          subnetIds: this.zones.map(({ intraSubnet }) => intraSubnet.id),
          securityGroupIds: [access.id],
          tags: { Name: `${name}-${service}` },
        },
        child,
      );
    }
  }
}

function parseVpc(cidr: string): Cidr {
  const parsed = parseCidr(cidr);
  if (parsed === undefined) {
    throw new Error(`network.cidr: ${cidr} is not an IPv4 network, for example 10.20.0.0/16`);
  }
  return parsed;
}
