import {
  leanWith,
  production,
  type RecordedPlatform,
  recordPlatform,
} from "../../test/support/recorded/aws-platform";

// Describing a whole platform takes seconds on a busy machine.
jest.setTimeout(120_000);

let prod: RecordedPlatform;
beforeAll(async () => {
  prod = await recordPlatform(production);
});

describe("network", () => {
  test("has public, private and intra subnets in each of three zones, cut as planned, none with public addresses", () => {
    const subnets = prod.all("ec2/subnet:Subnet").map(({ inputs }) => inputs);
    expect(subnets.map(({ cidrBlock, availabilityZone }) => `${cidrBlock} ${availabilityZone}`)).toEqual([
      "10.20.192.0/20 us-east-1a",
      "10.20.0.0/18 us-east-1a",
      "10.20.240.0/22 us-east-1a",
      "10.20.208.0/20 us-east-1b",
      "10.20.64.0/18 us-east-1b",
      "10.20.244.0/22 us-east-1b",
      "10.20.224.0/20 us-east-1c",
      "10.20.128.0/18 us-east-1c",
      "10.20.248.0/22 us-east-1c",
    ]);
    expect(subnets.every(({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch === false)).toBe(true);
  });

  test("has a NAT gateway per zone, or one for all", async () => {
    expect(prod.all("ec2/natGateway:NatGateway")).toHaveLength(3);
    const single = await recordPlatform(
      leanWith({ network: { ...production.network, natGateways: "single" } }),
    );
    expect(single.all("ec2/natGateway:NatGateway")).toHaveLength(1);
    const ways = single
      .all("ec2/route:Route")
      .filter(({ name }) => name.includes("private"))
      .map(({ inputs }) => inputs.natGatewayId);
    expect(ways).toEqual(Array(3).fill("id-of-aws-network-nat-us-east-1a"));
  });

  test("leaves the intra subnets without a way out", () => {
    const tables = prod.all("ec2/route:Route").map(({ inputs }) => inputs.routeTableId);
    expect(tables).not.toContain("id-of-aws-network-intra");
  });

  test("lets nothing through the default security group, and HTTPS from the VPC only to the endpoints", () => {
    expect(prod.one("ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs).toMatchObject({
      ingress: [],
      egress: [],
    });
    const rules = prod
      .all("vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter(({ inputs }) => inputs.securityGroupId === "id-of-aws-network-endpoints");
    expect(rules.map(({ inputs }) => [inputs.cidrIpv4, inputs.fromPort, inputs.toPort])).toEqual([
      ["10.20.0.0/16", 443, 443],
    ]);
  });

  test("reaches S3 by a gateway, and the listed services by interfaces; an empty list means none", async () => {
    const endpoints = (recorded: RecordedPlatform) =>
      recorded
        .all("ec2/vpcEndpoint:VpcEndpoint")
        .map(({ inputs }) => `${inputs.vpcEndpointType} ${inputs.serviceName}`);
    expect(endpoints(prod)).toEqual([
      "Gateway com.amazonaws.us-east-1.s3",
      ...["ec2", "ecr.api", "ecr.dkr", "eks-auth", "logs", "sts"].map(
        (service) => `Interface com.amazonaws.us-east-1.${service}`,
      ),
    ]);
    const frugal = await recordPlatform(
      leanWith({ network: { ...production.network, interfaceEndpoints: [] } }),
    );
    expect(endpoints(frugal)).toEqual(["Gateway com.amazonaws.us-east-1.s3"]);
    expect(frugal.all("ec2/securityGroup:SecurityGroup").map(({ name }) => name)).toEqual([
      "aws-shared-files-access",
    ]);
  });

  test("logs every flow, encrypted and for a limited time", () => {
    expect(prod.one("ec2/flowLog:FlowLog").inputs.trafficType).toBe("ALL");
    expect(prod.one("cloudwatch/logGroup:LogGroup", "flow-logs").inputs).toMatchObject({
      name: "/aws/vpc/atlas-prod",
      retentionInDays: 30,
      kmsKeyId: "arn:mocked:Key/aws-cluster-key-key",
    });
  });
});
