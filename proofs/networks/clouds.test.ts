import { evidenceOf, faultsOf, type Piece } from "../../test/support/proofs/evidence";
import { doorsAreOpen } from "./doors";
import { nodesHearEachOther } from "./node-firewall";
import { vpcCarries } from "./vpc";

/** Pieces by what they are called here; a test leaves one out or puts another in its place. */
type Cloud = Readonly<Record<string, Piece>>;

const subnet = (name: string, cidrBlock: string, tags: object): Piece => ({
  type: "aws:ec2/subnet:Subnet",
  name,
  inputs: { cidrBlock, availabilityZone: "a", tags },
});
const associated = (name: string): Piece => ({
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  name,
  inputs: { subnetId: `${name}-id`, routeTableId: `${name}-table` },
});
const route = (name: string, to: object): Piece => ({
  type: "aws:ec2/route:Route",
  name,
  inputs: { destinationCidrBlock: "0.0.0.0/0", routeTableId: `${name}-table`, ...to },
});
const admitting = (name: string, cidrIpv4: string, port: number): Piece => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  name,
  inputs: { cidrIpv4, fromPort: port, toPort: port, ipProtocol: "tcp", securityGroupId: `${name}-id` },
});
const vpc = (inputs: object = {}): Piece => ({
  type: "aws:ec2/vpc:Vpc",
  name: "vpc",
  inputs: { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, ...inputs },
});
const cluster = (serviceIpv4Cidr: string, vpcConfig: object): Piece => ({
  type: "aws:eks/cluster:Cluster",
  name: "cluster",
  inputs: { kubernetesNetworkConfig: { serviceIpv4Cidr }, vpcConfig },
});
const inside = { "kubernetes.io/role/internal-elb": "1" };

const whole: Cloud = {
  vpc: vpc(),
  cluster: cluster("172.20.0.0/16", { endpointPrivateAccess: true, publicAccessCidrs: ["203.0.113.0/24"] }),
  inner: subnet("inner", "10.0.0.0/18", inside),
  outer: subnet("outer", "10.0.64.0/18", { "kubernetes.io/role/elb": "1" }),
  ofInner: associated("inner"),
  ofOuter: associated("outer"),
  out: route("inner", { natGatewayId: "nat-id" }),
  world: route("outer", { gatewayId: "gateway-id" }),
  nat: { type: "aws:ec2/natGateway:NatGateway", name: "nat", inputs: { subnetId: "outer-id" } },
  nodes: { type: "aws:eks/nodeGroup:NodeGroup", name: "nodes", inputs: { subnetIds: ["inner-id"] } },
  endpoint: {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    name: "endpoint",
    inputs: { vpcEndpointType: "Interface", securityGroupIds: ["https-id"] },
  },
  https: admitting("https", "10.0.0.0/16", 443),
  files: { type: "aws:efs/fileSystem:FileSystem", name: "files", inputs: {} },
  target: {
    type: "aws:efs/mountTarget:MountTarget",
    name: "target",
    inputs: { subnetId: "inner-id", securityGroups: ["nfs-id"] },
  },
  nfs: admitting("nfs", "10.0.0.0/18", 2049),
};

const faults = (changed: Readonly<Record<string, Piece | undefined>>) => {
  const pieces = Object.values({ ...whole, ...changed }).flatMap((piece) => piece ?? []);
  const evidence = evidenceOf(...pieces);
  return [...faultsOf(vpcCarries, evidence), ...faultsOf(doorsAreOpen, evidence)];
};

test.each<readonly [string, Readonly<Record<string, Piece | undefined>>, string | undefined]>([
  ["is whole", {}, undefined],
  ["resolves no names", { vpc: vpc({ enableDnsHostnames: false }) }, "names of its endpoints"],
  [
    "has subnets that meet",
    { outer: subnet("outer", "10.0.0.0/20", { "kubernetes.io/role/elb": "1" }) },
    "are those of",
  ],
  ["has a subnet outside", { inner: subnet("inner", "10.1.0.0/18", inside) }, "are not the VPC's"],
  ["has no way out for nodes", { out: undefined }, "no route leads to the internet"],
  ["has a table that nodes do not use", { ofInner: undefined }, "no route leads to the internet"],
  ["has a NAT gateway inside", { world: undefined }, "no route leads to an internet gateway"],
  [
    "hides a subnet from load balancers",
    { outer: subnet("outer", "10.0.64.0/18", {}) },
    "the tag kubernetes.io/role/elb",
  ],
  [
    "has its Services' addresses",
    { cluster: cluster("10.0.128.0/20", { endpointPrivateAccess: true }) },
    "addresses of its Services",
  ],
  [
    "shuts nodes out",
    { cluster: cluster("172.20.0.0/16", { publicAccessCidrs: ["203.0.113.0/24"] }) },
    "nodes are none of these",
  ],
  ["lets nodes in over the internet", { cluster: cluster("172.20.0.0/16", {}) }, undefined],
  [
    "admits half of the nodes to an endpoint",
    { https: admitting("https", "10.0.0.0/19", 443) },
    "does not admit nodes in a to port 443",
  ],
  ["has no door to files", { target: undefined }, "has no mount target in a"],
  ["has a closed door to files", { nfs: undefined }, "does not admit the nodes there to port 2049"],
  ["has a door to files of another port", { nfs: admitting("nfs", "10.0.0.0/18", 443) }, "port 2049"],
])("a VPC that %s", (_, changed, rule) => {
  const found = faults(changed);
  expect(found.length > 0).toBe(rule !== undefined);
  expect(found).toEqual(rule === undefined ? [] : expect.arrayContaining([expect.stringContaining(rule)]));
});

test("networks of two clusters may have the same addresses, and doors of their own", () => {
  const of = (cluster: string) =>
    Object.values(whole).map((piece) => ({
      ...piece,
      name: `${cluster}-${piece.name}`,
      inputs: JSON.parse(JSON.stringify(piece.inputs).replace(/"(\w+)-(id|table)"/g, `"${cluster}-$1-$2"`)),
    }));
  const providers = ["aws", "aws-eu"].map((cluster) => ({
    type: "pulumi:providers:kubernetes",
    name: `${cluster}-kubernetes`,
    inputs: {},
    options: { parent: "ai-platform:aws:Platform::aws" },
  }));
  const evidence = evidenceOf(...providers, ...of("aws"), ...of("aws-eu"));
  expect([...faultsOf(vpcCarries, evidence), ...faultsOf(doorsAreOpen, evidence)]).toEqual([]);
});

describe("a firewall before nodes of LKE", () => {
  const [nodes, balancers] = ["192.168.128.0/17", "192.168.255.0/24"];
  const inbound = (protocol: string, ports: string | undefined, from: string) => ({
    action: "ACCEPT",
    protocol,
    ports,
    ipv4s: [from],
  });
  const open = [
    inbound("TCP", "10250, 10256", nodes),
    inbound("UDP", "51820", nodes),
    inbound("TCP", "53", nodes),
    inbound("UDP", "53", nodes),
    inbound("TCP", "179", nodes),
    inbound("IPENCAP", undefined, nodes),
    inbound("TCP", "30000-32767", balancers),
  ];
  const found = (inbounds: readonly object[], inboundPolicy = "DROP") =>
    faultsOf(
      nodesHearEachOther,
      evidenceOf({
        type: "linode:index/firewall:Firewall",
        name: "nodes",
        inputs: { inboundPolicy, inbounds },
      }),
    );

  test("lets in what the cluster lives by", () => {
    expect(found(open)).toEqual([]);
    expect(found([], "ACCEPT")).toEqual([]);
    expect(found(open.slice(1))).toEqual([
      "nodes: it does not let kubelets in: TCP 10250 from 192.168.128.0/17",
    ]);
    expect(found(open.filter(({ protocol }) => protocol !== "IPENCAP"))).toEqual([
      expect.stringContaining("pods of other nodes"),
    ]);
    expect(found([...open.slice(0, -1), inbound("TCP", "30000-32000", balancers)])).toEqual([
      expect.stringContaining("NodeBalancers"),
    ]);
  });
});
