import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reference, TestCloud } from "../../test/support/clouds/cloud";
import { operation } from "../../test/support/clouds/fakes";
import { awsStandIn } from "../providers/aws";
import { Secret, unknown, type Values } from "../providers/standin";

const settings = { region: "us-east-1", defaultTags: { tags: { team: "ai" } } };
const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";
const role = "aws:iam/role:Role";
const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

let cloud: TestCloud;

beforeEach(() => {
  cloud = new TestCloud(awsStandIn);
});

afterEach(() => cloud.remove());

async function check(type: string, given: Values, old?: Values, seed = 1) {
  const provider = await cloud.provider(settings);
  return provider.check({ urn: "urn", type, name: "thing" }, old, given, new Uint8Array(32).fill(seed));
}

describe("a type that no table has", () => {
  test("is refused, and the message says where it belongs", async () => {
    const { failures } = await check("aws:sns/topic:Topic", {});
    expect(failures[0]?.reason).toMatch(
      /does not know the type aws:sns\/topic:Topic.*sandbox\/providers\/aws/,
    );
  });

  test("an unknown function is refused likewise", async () => {
    const provider = await cloud.provider(settings);
    await expect(provider.invoke("aws:ec2/getAmi:getAmi", {})).rejects.toThrow(/does not know the function/);
    expect(await provider.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})).toMatchObject({
      accountId: "123456789012",
    });
  });
});

describe("names", () => {
  test("are made from the logical name, are kept, and differ for a replacement", async () => {
    const first = await check(role, { assumeRolePolicy: trust });
    const again = await check(role, { assumeRolePolicy: trust }, first.inputs, 2);
    const replacement = await check(role, { assumeRolePolicy: trust }, undefined, 2);

    expect(first.inputs.name).toMatch(/^thing-[0-9a-f]{7}$/);
    expect(again.inputs.name).toBe(first.inputs.name);
    expect(replacement.inputs.name).not.toBe(first.inputs.name);
  });

  test("begin with a given prefix, and are unknown while it is", async () => {
    const { inputs } = await check(role, { assumeRolePolicy: trust, namePrefix: "reader-" });
    expect(inputs.name).toMatch(/^reader-[0-9a-f]{7}$/);
    const pending = await check(role, { assumeRolePolicy: trust, namePrefix: unknown });
    expect(pending.inputs.name).toBe(unknown);
  });

  test("can be given, and then exist once", async () => {
    await cloud.create(settings, role, { assumeRolePolicy: trust, name: "reader" });
    await expect(cloud.create(settings, role, { assumeRolePolicy: trust, name: "reader" })).rejects.toThrow(
      /creating IAM role \(reader\): EntityAlreadyExists/,
    );
  });
});

describe("a preview", () => {
  test("echoes inputs, leaves unknown what the cloud decides, and makes nothing", async () => {
    const { outputs } = await cloud.create(settings, vpc, { cidrBlock: "10.0.0.0/16" }, { preview: true });

    expect(outputs).toMatchObject({ cidrBlock: "10.0.0.0/16", arn: unknown, mainRouteTableId: unknown });
    expect(outputs.region).toBe("us-east-1");
    expect(readdirSync(cloud.folder)).toEqual([]);
  });

  test("of an update keeps what stays and leaves unknown what will change", async () => {
    const template = await cloud.create(settings, launchTemplate, { name: "nodes" });
    const outputs = await cloud.update(settings, template, { name: "nodes", description: "new" }, true);

    expect(outputs).toMatchObject({ arn: template.outputs.arn, description: "new", latestVersion: unknown });
    expect(
      (await cloud.update(settings, template, { name: "nodes", description: "new" })).latestVersion,
    ).toBe(2);
  });
});

test("resources carry the provider's tags besides their own", async () => {
  const { outputs } = await cloud.create(settings, vpc, { cidrBlock: "10.0.0.0/16", tags: { Name: "a" } });
  expect(outputs).toMatchObject({ tags: { Name: "a" }, tagsAll: { team: "ai", Name: "a" } });
});

describe("differences", () => {
  async function diff(type: string, given: Values, changed: Values, withSettings: Values = settings) {
    const made = await cloud.create(settings, type, given);
    const provider = await cloud.provider(withSettings);
    const { inputs } = await provider.check(reference(made), made.inputs, changed, new Uint8Array(32));
    return (await provider.diff(reference(made), made.id, made, inputs, ["tags.ignored"])).differences;
  }
  const given = { cidrBlock: "10.0.0.0/16", tags: { Name: "a" } };

  test("there are none for the same program", async () => {
    expect(await diff(vpc, given, given)).toEqual([]);
  });

  test("some are made in place, others replace", async () => {
    const changed = { cidrBlock: "10.1.0.0/16", tags: { Name: "b", ignored: "x" }, region: "us-west-2" };
    expect(await diff(vpc, given, changed)).toEqual(
      expect.arrayContaining([
        { path: "cidrBlock", kind: "update", replace: true },
        { path: "region", kind: "add", replace: true },
        { path: "tags.Name", kind: "update", replace: false },
      ]),
    );
  });

  test("the provider's tags count", async () => {
    const others = { ...settings, defaultTags: { tags: { team: "other" } } };
    expect(await diff(vpc, given, given, others)).toEqual([
      { path: "tagsAll.team", kind: "update", replace: false },
    ]);
  });
});

describe("references", () => {
  test("name what exists, in the same region", async () => {
    const network = await cloud.create(settings, vpc, { cidrBlock: "10.0.0.0/16" });
    const wanted = { vpcId: network.id, cidrBlock: "10.0.1.0/24" };

    await expect(cloud.create({ region: "us-west-2" }, subnet, wanted)).rejects.toThrow(
      /InvalidVpcID.NotFound: vpcId: the EC2 VPC "vpc-\w+" does not exist in account 123456789012, us-west-2/,
    );
    await expect(cloud.create(settings, subnet, { ...wanted, vpcId: "vpc-0" })).rejects.toThrow(/NotFound/);
    expect((await cloud.create(settings, subnet, wanted)).id).toMatch(/^subnet-/);
  });

  test("keep what they name from being deleted", async () => {
    const network = await cloud.create(settings, vpc, { cidrBlock: "10.0.0.0/16" });
    const part = await cloud.create(settings, subnet, { vpcId: network.id, cidrBlock: "10.0.1.0/24" });

    await expect(cloud.delete(settings, network)).rejects.toThrow(
      new RegExp(`DependencyViolation: the EC2 VPC "${network.id}" is in use by the EC2 subnet "${part.id}"`),
    );
    await cloud.delete(settings, part);
    await cloud.delete(settings, network);
    expect(readdirSync(cloud.folder)).toEqual([]);
  });

  test("may name what another resource has brought with it", async () => {
    const network = await cloud.create(settings, vpc, { cidrBlock: "10.0.0.0/16" });
    const association = "aws:ec2/routeTableAssociation:RouteTableAssociation";
    const part = await cloud.create(settings, subnet, { vpcId: network.id, cidrBlock: "10.0.1.0/24" });
    const routeTableId = network.outputs.mainRouteTableId ?? "";

    const made = await cloud.create(settings, association, { subnetId: part.id, routeTableId });
    expect(made.inputs.routeTableId).toBe(routeTableId);
  });
});

test("a quota is named with its number", async () => {
  for (let index = 0; index < 5; index++) {
    await cloud.create(settings, vpc, { cidrBlock: `10.${index}.0.0/16` });
  }
  const sixth = { cidrBlock: "10.9.0.0/16" };
  await expect(cloud.create(settings, vpc, sixth)).rejects.toThrow(
    /VpcLimitExceeded: the quota of 5 VPCs per region has been reached/,
  );
  await expect(cloud.create({ region: "us-west-2" }, vpc, sixth)).resolves.toBeDefined();
});

describe("after a run that was killed once the cloud had made a resource", () => {
  test("the same resource continues with it", async () => {
    const before = await cloud.create(settings, vpc, { cidrBlock: "10.0.0.0/16" }, { name: "main" });
    cloud.restart();
    const after = await cloud.create(settings, vpc, { cidrBlock: "10.0.0.0/16" }, { name: "main" });

    expect(after.id).toBe(before.id);
    expect(after.outputs).toEqual(before.outputs);
    expect(after.logged).toEqual([expect.stringMatching(/continues with the EC2 VPC/)]);
  });

  test("one whose name was made up goes, and a new one comes", async () => {
    const resource = { urn: "urn:role", type: role, name: "role" };
    const create = async (name: string) => {
      const provider = await cloud.provider(settings);
      await provider.create(resource, { assumeRolePolicy: trust, name, path: "/" }, operation());
    };
    await create("role-1111111");
    cloud.restart();
    await create("role-2222222");

    const left = await cloud.store.list({ cloud: "aws", account: "123456789012", type: role });
    expect(left.map(({ id }) => id)).toEqual(["role-2222222"]);
  });

  test("but a resource that the engine has in its state is replaced beside the old one", async () => {
    const before = await cloud.create(settings, vpc, { cidrBlock: "10.0.0.0/16" }, { name: "main" });
    cloud.restart();
    const provider = await cloud.provider(settings);
    await provider.diff(reference(before), before.id, before, { cidrBlock: "10.1.0.0/16" }, []);
    const after = await cloud.create(settings, vpc, { cidrBlock: "10.1.0.0/16" }, { name: "main" });

    expect(after.id).not.toBe(before.id);
  });
});

describe("drift", () => {
  test("is seen when somebody edits or deletes a record", async () => {
    const made = await cloud.create(settings, vpc, { cidrBlock: "10.0.0.0/16", tags: { Name: "a" } });
    const provider = await cloud.provider(settings);
    const file = join(cloud.folder, "aws/123456789012/ec2.Vpc/us-east-1", `${made.id}.json`);

    writeFileSync(file, readFileSync(file, "utf8").replace('"Name": "a"', '"Name": "edited"'));
    const read = await provider.read(reference(made), made.id, made);
    expect(read?.inputs.tags).toEqual({ Name: "edited" });
    expect(read?.outputs.tags).toEqual({ Name: "edited" });

    await cloud.delete(settings, made);
    expect(await provider.read(reference(made), made.id, made)).toBeUndefined();
    await expect(cloud.update(settings, made, made.inputs)).rejects.toThrow(/does not exist/);
    await expect(cloud.delete(settings, made)).resolves.toBeUndefined();
  });

  test("is seen when a cluster's control plane has gone, and all that was in the cluster with it", async () => {
    const made = await cluster();
    const addon = "aws:eks/addon:Addon";
    const wanted = { clusterName: "atlas", addonName: "coredns" };
    const part = await cloud.create(settings, addon, wanted, { name: "dns" });
    const provider = await cloud.provider(settings);
    expect(await provider.read(reference(made), made.id, made)).toBeDefined();
    expect(await provider.read(reference(part), part.id, part)).toBeDefined();

    await cloud.clusters.remove({ cloud: "aws", name: "atlas" });
    expect(await provider.read(reference(made), made.id, made)).toBeUndefined();
    expect(await provider.read(reference(part), part.id, part)).toBeUndefined();

    await cloud.create(settings, made.type, made.inputs, { name: reference(made).name });
    await expect(cloud.create(settings, addon, wanted, { name: "dns" })).resolves.toBeDefined();
  });
});

test("what a cloud keeps secret is handed over as a secret", async () => {
  const distribution = await cloud.provider(settings);
  const { outputs } = await distribution.create(
    { urn: "urn", type: "aws:acm/certificate:Certificate", name: "c" },
    { domainName: "a.example.com", privateKey: "key" },
    operation(),
  );
  expect(outputs.privateKey).toEqual(new Secret("key"));
});

async function cluster() {
  const network = await cloud.create(settings, vpc, { cidrBlock: "10.0.0.0/16" });
  const subnetIds: string[] = [];
  for (const [index, zone] of ["us-east-1a", "us-east-1b"].entries()) {
    const cidrBlock = `10.0.${index}.0/24`;
    subnetIds.push(
      (await cloud.create(settings, subnet, { vpcId: network.id, cidrBlock, availabilityZone: zone })).id,
    );
  }
  const { outputs } = await cloud.create(settings, role, { assumeRolePolicy: trust, name: "cluster" });
  return cloud.create(settings, "aws:eks/cluster:Cluster", {
    name: "atlas",
    roleArn: outputs.arn ?? "",
    vpcConfig: { subnetIds },
  });
}
