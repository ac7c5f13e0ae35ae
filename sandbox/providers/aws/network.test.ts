import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloud, east, make, network, policy } from "../../../test/support/clouds/aws-cloud";
import { Registry } from "../../cluster/cloud-controller/registry";
import type { Values } from "../standin";

describe("networks", () => {
  test("subnets lie within their VPC and apart from each other", async () => {
    const { vpc } = await network();
    await expect(make("ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.21.0.0/24" })).rejects.toThrow(
      /InvalidSubnet.Range: the CIDR 10.21.0.0\/24 is invalid: it does not lie within 10.20.0.0\/16/,
    );
    await expect(make("ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.20.0.128/25" })).rejects.toThrow(
      /InvalidSubnet.Conflict: the CIDR 10.20.0.128\/25 conflicts with another subnet: subnet-\w+ has 10.20.0.0\/24/,
    );
    await expect(
      make("ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.20.9.0/24" }),
    ).resolves.toBeDefined();
  });

  test("a NAT gateway needs an address and a way out", async () => {
    const { vpc, subnets } = await network();
    const nat = {
      subnetId: subnets[0] ?? "",
      allocationId: (await make("ec2/eip:Eip", { domain: "vpc" })).id,
    };
    await expect(make("ec2/natGateway:NatGateway", { subnetId: nat.subnetId })).rejects.toThrow(
      /needs an Elastic IP/,
    );
    await expect(make("ec2/natGateway:NatGateway", nat)).rejects.toThrow(/has no internet gateway attached/);
    await make("ec2/internetGateway:InternetGateway", { vpcId: vpc.id });
    await expect(make("ec2/natGateway:NatGateway", nat)).resolves.toBeDefined();
    await expect(make("ec2/internetGateway:InternetGateway", { vpcId: vpc.id })).rejects.toThrow(
      /already has igw-/,
    );
  });

  test("a subnet has one route table, and a table one route to a destination", async () => {
    const { vpc, subnets } = await network();
    const gatewayId = (await make("ec2/internetGateway:InternetGateway", { vpcId: vpc.id })).id;
    const routeTableId = (await make("ec2/routeTable:RouteTable", { vpcId: vpc.id })).id;
    const association = { subnetId: subnets[0] ?? "", routeTableId };
    await make("ec2/routeTableAssociation:RouteTableAssociation", association);
    await expect(make("ec2/routeTableAssociation:RouteTableAssociation", association)).rejects.toThrow(
      /AlreadyAssociated/,
    );
    const route = { routeTableId, gatewayId, destinationCidrBlock: "0.0.0.0/0" };
    await make("ec2/route:Route", route);
    await expect(make("ec2/route:Route", route)).rejects.toThrow(/RouteAlreadyExists/);
  });

  test("security groups have names of their own in a VPC, and rules are not said twice", async () => {
    const { vpc } = await network();
    const other = await make("ec2/vpc:Vpc", { cidrBlock: "10.30.0.0/16" });
    const { id: securityGroupId } = await make("ec2/securityGroup:SecurityGroup", {
      name: "web",
      vpcId: vpc.id,
    });
    await expect(make("ec2/securityGroup:SecurityGroup", { name: "web", vpcId: vpc.id })).rejects.toThrow(
      /InvalidGroup.Duplicate/,
    );
    await expect(
      make("ec2/securityGroup:SecurityGroup", { name: "web", vpcId: other.id }),
    ).resolves.toBeDefined();
    const rule = { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" };
    await make("vpc/securityGroupIngressRule:SecurityGroupIngressRule", rule);
    await expect(make("vpc/securityGroupIngressRule:SecurityGroupIngressRule", rule)).rejects.toThrow(
      /InvalidPermission.Duplicate/,
    );
  });

  test("endpoints are of the region and of a kind that the service has", async () => {
    const { vpc, subnets } = await network();
    const endpoint = (serviceName: string, vpcEndpointType: string, more: Values = {}) =>
      make("ec2/vpcEndpoint:VpcEndpoint", { vpcId: vpc.id, serviceName, vpcEndpointType, ...more });
    await expect(endpoint("com.amazonaws.us-east-1.s3", "Gateway")).resolves.toBeDefined();
    await expect(endpoint("com.amazonaws.us-west-2.s3", "Gateway")).rejects.toThrow(
      /does not exist in us-east-1/,
    );
    await expect(endpoint("com.amazonaws.us-east-1.ecr.api", "Gateway")).rejects.toThrow(
      /only s3 and dynamodb/,
    );
    await expect(endpoint("com.amazonaws.us-east-1.s3", "Gateway", { subnetIds: subnets })).rejects.toThrow(
      /subnetIds is not allowed/,
    );
    const { subnets: others } = await network("10.30.0.0/16");
    await expect(endpoint("com.amazonaws.us-east-1.sts", "Interface", { subnetIds: others })).rejects.toThrow(
      /is in vpc-\w+, the others are in/,
    );
  });
});

describe("shared files", () => {
  test("go only after their mount targets, and take their policy along", async () => {
    const { subnets } = await network();
    const files = await make("efs/fileSystem:FileSystem", { encrypted: true, throughputMode: "elastic" });
    expect(files.outputs).toMatchObject({
      arn: `arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/${files.id}`,
      dnsName: `${files.id}.efs.us-east-1.amazonaws.com`,
      performanceMode: "generalPurpose",
    });
    const allow = {
      Principal: { AWS: "*" },
      Action: "elasticfilesystem:ClientMount",
      Resource: files.outputs.arn,
    };
    await make("efs/fileSystemPolicy:FileSystemPolicy", { fileSystemId: files.id, policy: policy(allow) });
    const target = await make("efs/mountTarget:MountTarget", {
      fileSystemId: files.id,
      subnetId: subnets[0] ?? "",
    });
    const standing = () => cloud.store.madeBy("urn:pulumi:test::cloud::aws:efs/");
    await expect(cloud.delete(east, files)).rejects.toThrow(/DependencyViolation/);
    expect(await standing()).toHaveLength(3);
    await cloud.delete(east, target);
    await cloud.delete(east, files);
    expect(await standing()).toEqual([]);
  });

  test("take the volumes along that a cluster has made of them, and no others", async () => {
    const usual = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = mkdtempSync(join(tmpdir(), "ai-platform-aws-"));
    try {
      const registry = new Registry({ cloud: "aws", name: "shop" });
      const volume = (id: string) =>
        registry.save("volumes", { id, cluster: registry.clusterId, madeFor: "shop/images" });
      const files = await make("efs/fileSystem:FileSystem", {});
      await volume(`${files.id}::fsap-01`);
      await volume("fs-0another::fsap-01");
      await cloud.delete(east, files);
      expect((await registry.all("volumes")).map(({ id }) => id)).toEqual(["fs-0another::fsap-01"]);
    } finally {
      rmSync(process.env.XDG_CACHE_HOME, { recursive: true, force: true });
      if (usual === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = usual;
    }
  });

  test("have one mount target in a zone, in one VPC with its security groups", async () => {
    const { vpc, subnets } = await network();
    const fileSystemId = (await make("efs/fileSystem:FileSystem", {})).id;
    const mount = (subnetId: string, more: Values = {}) =>
      make("efs/mountTarget:MountTarget", { fileSystemId, subnetId, ...more });
    await expect(mount(subnets[0] ?? "")).resolves.toBeDefined();
    await expect(mount(subnets[1] ?? "")).resolves.toBeDefined();
    const second = await make("ec2/subnet:Subnet", {
      vpcId: vpc.id,
      cidrBlock: "10.20.9.0/24",
      availabilityZone: "us-east-1a",
    });
    await expect(mount(second.id)).rejects.toThrow(
      /MountTargetConflict: fs-\w+ already has fsmt-\w+ in us-east-1a/,
    );
    const other = await make("ec2/vpc:Vpc", { cidrBlock: "10.30.0.0/16" });
    const group = await make("ec2/securityGroup:SecurityGroup", { name: "nfs", vpcId: other.id });
    await expect(mount(second.id, { securityGroups: [group.id] })).rejects.toThrow(/the others are in/);
    await expect(mount(second.id, { fileSystemId: "fs-0missing" })).rejects.toThrow(/FileSystemNotFound/);
  });
});
