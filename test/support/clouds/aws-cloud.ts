import { awsStandIn } from "../../../sandbox/providers/aws/index";
import type { Values } from "../../../sandbox/providers/standin";
import { TestCloud, type TestResource } from "./cloud";

export const east = { region: "us-east-1" };

export const west = { region: "us-west-2" };

export let cloud: TestCloud;

beforeEach(() => {
  cloud = new TestCloud(awsStandIn);
});

afterEach(() => cloud.remove());

export function policy(statement: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}

export const trust = policy({ Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" });

/** The outcome of a check and a preview: what inputs alone decide. */
export async function preview(type: string, inputs: Values, settings: Values = east): Promise<TestResource> {
  return cloud.create(settings, `aws:${type}`, inputs, { preview: true });
}

export const vpcConfig = { subnetIds: ["subnet-1"] };

export const group = {
  clusterName: "atlas",
  nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
  subnetIds: ["subnet-1"],
  scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
};

export const acl = {
  scope: "REGIONAL",
  defaultAction: { allow: {} },
  visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "m", sampledRequestsEnabled: true },
};

export const key = (statement: Readonly<Record<string, unknown>>) => ({
  policy: policy({ Action: "kms:*", Resource: "*", ...statement }),
});

export async function make(type: string, inputs: Values, settings: Values = east): Promise<TestResource> {
  return cloud.create(settings, `aws:${type}`, inputs);
}

export async function network(
  cidrBlock = "10.20.0.0/16",
): Promise<{ readonly vpc: TestResource; readonly subnets: readonly string[] }> {
  const vpc = await make("ec2/vpc:Vpc", { cidrBlock });
  const subnets: string[] = [];
  for (const [index, availabilityZone] of ["us-east-1a", "us-east-1b"].entries()) {
    const inputs = {
      vpcId: vpc.id,
      availabilityZone,
      cidrBlock: cidrBlock.replace("0.0/16", `${index}.0/24`),
    };
    subnets.push((await make("ec2/subnet:Subnet", inputs)).id);
  }
  return { vpc, subnets };
}

export async function role(name: string): Promise<string> {
  return String((await make("iam/role:Role", { name, assumeRolePolicy: trust })).outputs.arn);
}

export async function cluster(more: Values = {}): Promise<{
  readonly cluster: TestResource;
  readonly subnets: readonly string[];
  readonly vpc: TestResource;
}> {
  const { vpc, subnets } = await network();
  const made = await make("eks/cluster:Cluster", {
    name: "atlas",
    version: "1.34",
    roleArn: await role("cluster"),
    vpcConfig: { subnetIds: subnets },
    ...more,
  });
  return { cluster: made, subnets, vpc };
}
