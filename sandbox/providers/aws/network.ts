import { awsRegions } from "../../../facts/aws-regions";
import { contains, overlaps, parseCidr } from "../../clouds/cidr";
import { CloudError } from "../../clouds/errors";
import { exactlyOne, ipv4Network, oneOf } from "../../clouds/rules";
import { failure, holds, type Request, type Rule, refers, type Tables } from "../../clouds/table";
import { text, texts } from "../../clouds/values";
import { endpoints } from "./endpoints";
import { derived, prefixed, regionalArn } from "./names";
import { quotas } from "./quotas";
import { securityGroups } from "./security-groups";
import { tokens } from "./tokens";

/** Zones belong to the region of the request, when the sandbox knows that region. */
const zoneInRegion: Rule = (inputs, { region }) => {
  const known: Readonly<Record<string, { readonly zones: readonly string[] }>> = awsRegions;
  return texts(inputs, "availabilityZone")
    .filter((zone) => !known[region]?.zones.includes(zone))
    .map((zone) =>
      failure(
        "availabilityZone",
        `InvalidParameterValue: "${zone}" is not a zone of ${region}; its zones are ${known[region]?.zones.join(", ") ?? "unknown to the sandbox"}`,
      ),
    );
};

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];

const routeTargets = ["gatewayId", "natGatewayId", "vpcEndpointId", "networkInterfaceId", "transitGatewayId"];

async function admitSubnet({ inputs, id, neighbours }: Request): Promise<void> {
  const cidr = parseCidr(text(inputs, "cidrBlock") ?? "");
  const vpc = await neighbours.find(tokens.vpc, text(inputs, "vpcId") ?? "");
  const vpcCidr = parseCidr(vpc ? (text(vpc.inputs, "cidrBlock") ?? "") : "");
  if (!cidr || !vpc || !vpcCidr) return;
  const asked = `${cidr.text}/${cidr.prefix}`;
  if (!contains(vpcCidr, cidr)) {
    throw new CloudError(
      "InvalidSubnet.Range",
      `the CIDR ${asked} is invalid: it does not lie within ${vpcCidr.text}/${vpcCidr.prefix} of ${vpc.id}`,
    );
  }
  for (const other of await neighbours.list(tokens.subnet)) {
    if (other.id === id || other.inputs.vpcId !== vpc.id) continue;
    const taken = parseCidr(text(other.inputs, "cidrBlock") ?? "");
    if (!taken || !overlaps(cidr, taken)) continue;
    throw new CloudError(
      "InvalidSubnet.Conflict",
      `the CIDR ${asked} conflicts with another subnet: ${other.id} has ${taken.text}/${taken.prefix}`,
    );
  }
}

export const network: Tables = {
  ...securityGroups,
  ...endpoints,
  [tokens.vpc]: {
    label: "EC2 VPC",
    replaces: ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    defaults: { enableDnsSupport: true, instanceTenancy: "default" },
    newId: prefixed("vpc-0"),
    notFound: "InvalidVpcID.NotFound",
    quotas: [{ limit: quotas.vpcsPerRegion, code: "VpcLimitExceeded", of: "VPCs per region" }],
    rules: [ipv4Network("cidrBlock", [16, 28]), oneOf("instanceTenancy", ["default", "dedicated"])],
    compute: (request) => ({
      ...regionalArn("ec2", ({ id }) => `vpc/${id}`)(request),
      enableDnsHostnames: request.inputs.enableDnsHostnames ?? false,
      defaultNetworkAclId: `acl-0${derived(`${request.id} acl`)}`,
      defaultRouteTableId: `rtb-0${derived(`${request.id} routes`)}`,
      mainRouteTableId: `rtb-0${derived(`${request.id} routes`)}`,
      defaultSecurityGroupId: `sg-0${derived(`${request.id} group`)}`,
      dhcpOptionsId: `dopt-0${derived(request.region)}`,
    }),
  },
  [tokens.subnet]: {
    label: "EC2 subnet",
    replaces: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native", "outpostArn"],
    defaults: { assignIpv6AddressOnCreation: false, mapPublicIpOnLaunch: false },
    newId: prefixed("subnet-0"),
    notFound: "InvalidSubnetID.NotFound",
    quotas: [
      { limit: quotas.subnetsPerVpc, code: "SubnetLimitExceeded", of: "subnets per VPC", per: "vpcId" },
    ],
    rules: [ipv4Network("cidrBlock", [16, 28]), zoneInRegion],
    links: { vpcId: holds(tokens.vpc) },
    admit: admitSubnet,
    compute: (request) => {
      const zones: Readonly<Record<string, { readonly zones: readonly string[] }>> = awsRegions;
      const zone = text(request.inputs, "availabilityZone") ?? zones[request.region]?.zones[0] ?? "";
      return {
        ...regionalArn("ec2", ({ id }) => `subnet/${id}`)(request),
        availabilityZone: zone,
        availabilityZoneId: `${request.region.replace(/[a-z]+-|[a-z]+$/g, "")}-az-${zone.slice(-1)}`,
        privateDnsHostnameTypeOnLaunch: "ip-name",
      };
    },
  },
  [tokens.internetGateway]: {
    label: "EC2 internet gateway",
    replaces: [],
    newId: prefixed("igw-0"),
    notFound: "InvalidInternetGatewayID.NotFound",
    quotas: [
      {
        limit: quotas.internetGatewaysPerRegion,
        code: "InternetGatewayLimitExceeded",
        of: "internet gateways per region",
      },
    ],
    links: { vpcId: holds(tokens.vpc) },
    compute: regionalArn("ec2", ({ id }) => `internet-gateway/${id}`),
    admit: async ({ inputs, id, neighbours, resource }) => {
      const other = (await neighbours.list(resource.type)).find(
        (record) => record.id !== id && record.inputs.vpcId === inputs.vpcId && inputs.vpcId !== undefined,
      );
      if (!other) return;
      throw new CloudError("Resource.AlreadyAssociated", `${text(inputs, "vpcId")} already has ${other.id}`);
    },
  },
  [tokens.eip]: {
    label: "EC2 Elastic IP",
    replaces: ["domain", "address", "networkBorderGroup", "publicIpv4Pool"],
    newId: prefixed("eipalloc-0"),
    notFound: "InvalidAllocationID.NotFound",
    rules: [oneOf("domain", ["vpc"])],
    quotas: [
      { limit: quotas.elasticIpsPerRegion, code: "AddressLimitExceeded", of: "Elastic IPs per region" },
    ],
    compute: (request) => {
      // 203.0.113.0/24 is kept for documentation: no address of the sandbox is anybody's.
      const publicIp = `203.0.113.${1 + (Number.parseInt(derived(request.id).slice(0, 6), 16) % 254)}`;
      return {
        ...regionalArn("ec2", ({ id }) => `elastic-ip/${id}`)(request),
        allocationId: request.id,
        domain: "vpc",
        publicIp,
        publicDns: `ec2-${publicIp.replaceAll(".", "-")}.compute.amazonaws.com`,
        publicIpv4Pool: "amazon",
        networkBorderGroup: request.region,
      };
    },
  },
  [tokens.natGateway]: {
    label: "EC2 NAT gateway",
    replaces: ["allocationId", "connectivityType", "privateIp", "subnetId"],
    defaults: { connectivityType: "public" },
    newId: prefixed("nat-0"),
    notFound: "InvalidNatGatewayID.NotFound",
    rules: [oneOf("connectivityType", ["public", "private"])],
    links: { subnetId: holds(tokens.subnet), allocationId: holds(tokens.eip) },
    admit: async ({ inputs, neighbours }) => {
      if (inputs.connectivityType !== "public") return;
      if (inputs.allocationId === undefined) {
        throw new CloudError("MissingParameter", "allocationId: a public NAT gateway needs an Elastic IP");
      }
      const subnet = await neighbours.find(tokens.subnet, text(inputs, "subnetId") ?? "");
      const vpcId = subnet?.inputs.vpcId;
      const gateways = await neighbours.list(tokens.internetGateway);
      if (gateways.some((gateway) => gateway.inputs.vpcId === vpcId)) return;
      throw new CloudError(
        "Gateway.NotAttached",
        `network ${String(vpcId)} has no internet gateway attached`,
      );
    },
    compute: (request) => ({
      networkInterfaceId: `eni-0${derived(request.id)}`,
      associationId: `eipassoc-0${derived(request.id)}`,
      privateIp: "",
      publicIp: `203.0.113.${1 + (Number.parseInt(derived(text(request.inputs, "allocationId") ?? "").slice(0, 6), 16) % 254)}`,
    }),
  },
  [tokens.routeTable]: {
    label: "EC2 route table",
    replaces: ["vpcId"],
    newId: prefixed("rtb-0"),
    notFound: "InvalidRouteTableID.NotFound",
    rules: [ipv4Network("routes.cidrBlock")],
    links: {
      vpcId: holds(tokens.vpc),
      "routes.gatewayId": holds(tokens.internetGateway, /^local$/),
      "routes.natGatewayId": refers(tokens.natGateway),
    },
    broughtBy: { [tokens.vpc]: "mainRouteTableId" },
    compute: regionalArn("ec2", ({ id }) => `route-table/${id}`),
  },
  "aws:ec2/route:Route": {
    label: "EC2 route",
    replaces: ["routeTableId", ...destinations],
    alreadyExists: "RouteAlreadyExists",
    rules: [exactlyOne(...destinations), ipv4Network("destinationCidrBlock"), exactlyOne(...routeTargets)],
    links: {
      routeTableId: refers(tokens.routeTable),
      gatewayId: holds(tokens.internetGateway, /^local$/),
      natGatewayId: refers(tokens.natGateway),
    },
    identify: (inputs) =>
      `r-${text(inputs, "routeTableId")}-${destinations.map((name) => text(inputs, name) ?? "").join("")}`,
    compute: () => ({ origin: "CreateRoute", state: "active" }),
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    label: "EC2 route table association",
    replaces: ["subnetId", "gatewayId"],
    newId: prefixed("rtbassoc-0"),
    rules: [exactlyOne("subnetId", "gatewayId")],
    links: { routeTableId: holds(tokens.routeTable), subnetId: holds(tokens.subnet) },
    admit: async ({ inputs, id, neighbours, resource }) => {
      const other = (await neighbours.list(resource.type)).find(
        (record) =>
          record.id !== id && inputs.subnetId !== undefined && record.inputs.subnetId === inputs.subnetId,
      );
      if (!other) return;
      throw new CloudError(
        "Resource.AlreadyAssociated",
        `${text(inputs, "subnetId")} is associated with ${text(other.inputs, "routeTableId")} already`,
      );
    },
  },
  "aws:ec2/defaultRouteTable:DefaultRouteTable": {
    label: "EC2 default route table",
    replaces: ["defaultRouteTableId"],
    links: { defaultRouteTableId: refers(tokens.routeTable) },
    identify: (inputs) => text(inputs, "defaultRouteTableId") ?? "",
    compute: regionalArn("ec2", ({ id }) => `route-table/${id}`),
  },
  "aws:ec2/flowLog:FlowLog": {
    label: "EC2 flow log",
    replaces: "all",
    newId: prefixed("fl-0"),
    defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
    rules: [
      oneOf("trafficType", ["ACCEPT", "REJECT", "ALL"]),
      oneOf("logDestinationType", ["cloud-watch-logs", "s3", "kinesis-data-firehose"]),
      exactlyOne("vpcId", "subnetId", "eniId", "transitGatewayId", "transitGatewayAttachmentId"),
      (inputs) =>
        [60, 600].includes(Number(inputs.maxAggregationInterval)) ||
        typeof inputs.maxAggregationInterval !== "number"
          ? []
          : [
              failure(
                "maxAggregationInterval",
                `must be 60 or 600 seconds, found ${inputs.maxAggregationInterval}`,
              ),
            ],
    ],
    links: {
      vpcId: refers(tokens.vpc),
      subnetId: refers(tokens.subnet),
      iamRoleArn: refers(tokens.role),
      logDestination: refers([tokens.logGroup, tokens.bucket], /^arn:aws:s3:::[^/]+\//),
    },
    compute: regionalArn("ec2", ({ id }) => `vpc-flow-log/${id}`),
  },
  "aws:ec2/tag:Tag": {
    label: "EC2 tag",
    replaces: ["resourceId", "key"],
    links: {
      resourceId: refers([
        tokens.vpc,
        tokens.subnet,
        tokens.securityGroup,
        tokens.routeTable,
        tokens.internetGateway,
        tokens.natGateway,
        tokens.launchTemplate,
      ]),
    },
    identify: (inputs) => `${text(inputs, "resourceId")},${text(inputs, "key")}`,
  },
};
